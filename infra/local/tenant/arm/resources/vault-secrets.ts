import { z } from "zod";
import { type Vault as OpenVault, openVault, setSecret, VaultError } from "../../key-vault";
import type { SecretVersion } from "../../key-vault/model";
import { type ArmCall, type ArmOperation, type ArmReply, list, ok, readBody } from "../call";
import { ArmError, badRequest, resourceNotFound } from "../errors";
import { echoedFields, tagsField } from "../fields";
import type { Vault } from "../model";
import { vaultPath, vaultType } from "./vault-path";
import { requireVault } from "./vaults";

const type = `${vaultType}/secrets` as const;
const collectionPath = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${vaultType}/{vaultName}/secrets`;
const path = `${collectionPath}/{secretName}`;

/** Longest value in characters (page "Azure Key Vault service limits": 25 kB). */
const longestValue = 25_600;

const seconds = z.int().min(0).nullish();
const attributes = z.strictObject({
  enabled: z.boolean().nullish(),
  exp: seconds,
  nbf: seconds,
  created: seconds,
  updated: seconds,
});
const schema = z.strictObject({
  ...echoedFields,
  location: z.string().nullish(),
  tags: tagsField,
  properties: z
    .strictObject({
      value: z.string().nullish(),
      contentType: z.string().nullish(),
      attributes: attributes.nullish(),
      secretUri: z.string().nullish(),
      secretUriWithVersion: z.string().nullish(),
    })
    .optional(),
});

/** A secret as Resource Manager tells it: never its value. */
function bodyOf(call: ArmCall, vault: Vault, secret: SecretVersion): unknown {
  const uri = `${call.tenant.ports.origin(vault.id) ?? ""}/secrets/${secret.name}`;
  return {
    id: `${vaultPath(vault)}/secrets/${secret.name}`,
    name: secret.name,
    type,
    location: vault.location,
    tags: secret.tags,
    properties: {
      ...(secret.contentType === undefined ? {} : { contentType: secret.contentType }),
      attributes: secret.attributes,
      secretUri: uri,
      secretUriWithVersion: `${uri}/${secret.version}`,
    },
  };
}

function latest(vault: OpenVault, name: string): SecretVersion | undefined {
  return vault.secrets.history(name).at(-1);
}

function required(call: ArmCall, vault: Vault): SecretVersion {
  const name = call.param("secretName");
  const found = latest(openVault(call.tenant, vault.id), name);
  if (found !== undefined) return found;
  throw resourceNotFound(`${vaultType}/${vault.name}/secrets/${name}`, vault.resourceGroup);
}

function put(call: ArmCall): ArmReply {
  const { properties, tags } = readBody(call, schema);
  const vault = requireVault(call);
  const name = call.param("secretName");
  if (!/^[0-9a-z-]{1,127}$/i.test(name)) throw badRequest(`The secret name '${name}' is not valid.`);
  const { value, contentType, attributes: times } = properties ?? {};
  if (value === undefined || value === null) throw badRequest("The secret's value is not specified.");
  if (value.length > longestValue)
    throw badRequest(`The secret's value is longer than ${longestValue} characters.`);
  const open = openVault(call.tenant, vault.id);
  const current = latest(open, name);
  const given = {
    value,
    contentType: contentType ?? undefined,
    attributes: timesOf(times),
    tags: tags ?? {},
  };
  const written = inArmWords(() => setSecret(open, current?.name ?? name, given));
  return { status: current === undefined ? 201 : 200, body: bodyOf(call, vault, written) };
}

/** Attributes without nulls, as the vault takes them. */
function timesOf(times: z.output<typeof attributes> | null | undefined) {
  return { enabled: times?.enabled ?? undefined, exp: times?.exp ?? undefined, nbf: times?.nbf ?? undefined };
}

/** The data plane's refusals (a deleted secret of that name) in the form of Resource Manager. */
function inArmWords<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new ArmError(error.status === 409 ? 409 : 400, error.code, error.message, error.headers);
  }
}

function patch(call: ArmCall): ArmReply {
  const { properties, tags } = readBody(call, schema);
  const vault = requireVault(call);
  const current = required(call, vault);
  const contentType = properties?.contentType ?? current.contentType;
  const { enabled, exp, nbf } = timesOf(properties?.attributes);
  const updated = openVault(call.tenant, vault.id).secrets.put({
    ...current,
    ...(contentType === undefined ? {} : { contentType }),
    tags: tags ?? current.tags,
    attributes: {
      ...current.attributes,
      ...(enabled === undefined ? {} : { enabled }),
      ...(exp === undefined ? {} : { exp }),
      ...(nbf === undefined ? {} : { nbf }),
      updated: Math.floor(call.tenant.clock.now() / 1000),
    },
  });
  return ok(bodyOf(call, vault, updated));
}

/** Secrets by way of Resource Manager: they can be written, and all but their value read. */
export const vaultSecretOperations: readonly ArmOperation[] = [
  {
    method: "GET",
    path: collectionPath,
    type,
    action: `${type}/read`,
    handle: (call) => {
      const vault = requireVault(call);
      const secrets = openVault(call.tenant, vault.id).secrets.latest();
      return list(secrets.map((secret) => bodyOf(call, vault, secret)));
    },
  },
  {
    method: "GET",
    path,
    type,
    action: `${type}/read`,
    handle: (call) => {
      const vault = requireVault(call);
      return ok(bodyOf(call, vault, required(call, vault)));
    },
  },
  { method: "PUT", path, type, action: `${type}/write`, handle: put },
  { method: "PATCH", path, type, action: `${type}/write`, handle: patch },
];
