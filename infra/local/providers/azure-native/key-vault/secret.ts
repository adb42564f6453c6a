import { z } from "zod";
import {
  isMap,
  type PlainProperties,
  type Properties,
  type Reading,
  resourceType,
  suffixed,
  UNKNOWN,
} from "../../../../../components/plugin/serve";
import { type ArmResource, createResource, findResource, replaceResource } from "../arm";
import { partsOf, pathOf } from "../arm-ids";
import type { Azure } from "../azure";
import { commonInputs, commonOutputs } from "../outputs";
import { plainProperties } from "../plain";
import { deleteSecret, recoverSecret } from "./deleted-secrets";

const VAULT =
  "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{vaultName}";
const FORMAT = `${VAULT}/secrets/{secretName}`;

const seconds = z.number().int().min(0, "must be seconds since 1970-01-01");

const secretInputs = z.strictObject({
  resourceGroupName: z.string().min(1, "must not be empty"),
  vaultName: z.string().min(1, "must not be empty"),
  secretName: z.string().regex(/^[0-9a-zA-Z-]{1,127}$/, "must be 1 to 127 letters, digits and hyphens"),
  properties: z.strictObject({
    value: z.string().optional(),
    contentType: z.string().optional(),
    attributes: z
      .strictObject({
        enabled: z.boolean().optional(),
        expires: seconds.optional(),
        notBefore: seconds.optional(),
      })
      .optional(),
  }),
  tags: z.record(z.string(), z.string()).optional(),
});

type SecretInputs = z.infer<typeof secretInputs>;

/** `azure-native.keyvault.Secret`. Its value is never among the outputs: ARM does not tell it, and state must not hold it in clear. */
export const secret = resourceType({
  token: "azure-native:keyvault:Secret",
  description: "A secret in a key vault.",
  inputs: secretInputs,
  autoname: suffixed("secretName", 127),
  computed: ["azureApiVersion", "location", "name", "type"],
  hidden: ["properties", "resourceGroupName", "secretName", "vaultName"],
  replaceOn: ["resourceGroupName", "secretName", "vaultName"],
  deleteBeforeReplace: true,
  caseInsensitive: ["resourceGroupName", "secretName", "vaultName"],
  defaults: { "properties.attributes.enabled": true, "properties.contentType": "" },
  preview: (_inputs, olds) => ({ properties: previewedProperties(olds) }),
  create: async (azure: Azure, inputs, operation) => {
    const { resourceGroupName, vaultName, secretName } = inputs;
    const names = { subscription: azure.subscriptionId, resourceGroupName, vaultName, secretName };
    const prepare = async () =>
      recoverSecret(await azure.vault(pathOf(VAULT, names), operation), secretName, operation);
    const path = pathOf(FORMAT, names);
    const body = bodyOf(inputs);
    const made = await createResource(azure.arm, "vaultSecret", path, body, operation, outputsOf, {
      prepare,
    });
    return readingOf(made, inputs.properties.value);
  },
  read: async (azure, operation) => {
    const found = await findResource(azure.arm, "vaultSecret", operation.id, operation);
    return found === undefined ? undefined : readingOf(found, valueIn(operation.inputs));
  },
  update: async (azure, inputs, operation) => {
    const written = await replaceResource(azure.arm, "vaultSecret", operation.id, bodyOf(inputs), operation);
    return readingOf(written, inputs.properties.value);
  },
  delete: async (azure, operation) => {
    const places = ["subscription", "resourceGroupName", "vaultName", "secretName"] as const;
    const names = partsOf(operation.id, FORMAT, places);
    const vaultPath = pathOf(VAULT, names);
    if ((await findResource(azure.arm, "vault", vaultPath, operation)) === undefined) return;
    await deleteSecret(await azure.vault(vaultPath, operation), names.secretName, operation);
  },
});

/** The address without version stays; every write makes a new version. */
function previewedProperties(olds: Properties | undefined): Properties {
  const before = olds?.properties;
  const secretUri = isMap(before) ? before.secretUri : undefined;
  return { secretUri: secretUri ?? UNKNOWN, secretUriWithVersion: UNKNOWN };
}

/** The SDK says `expires` and `notBefore` where ARM says `exp` and `nbf`. */
function bodyOf(inputs: SecretInputs): Record<string, unknown> {
  const { value, contentType, attributes } = inputs.properties;
  const times = { enabled: attributes?.enabled, exp: attributes?.expires, nbf: attributes?.notBefore };
  return { properties: { value, contentType, attributes: times }, tags: inputs.tags ?? {} };
}

const toldProperties = z.looseObject({
  contentType: z.string().nullish(),
  secretUri: z.string().nullish(),
  secretUriWithVersion: z.string().nullish(),
  attributes: z
    .looseObject({
      enabled: z.boolean().nullish(),
      exp: z.number().nullish(),
      nbf: z.number().nullish(),
      created: z.number().nullish(),
      updated: z.number().nullish(),
    })
    .nullish(),
});

function outputsOf(resource: ArmResource): PlainProperties {
  const { contentType, secretUri, secretUriWithVersion, attributes } = toldProperties.parse(
    resource.properties,
  );
  const times = plainProperties({ created: attributes?.created, updated: attributes?.updated });
  const properties = plainProperties({
    contentType,
    secretUri,
    secretUriWithVersion,
    attributes: { ...attributesOf(resource), ...times },
  });
  return { ...commonOutputs(resource, "vaultSecret"), properties };
}

function attributesOf(resource: ArmResource): PlainProperties {
  const { attributes } = toldProperties.parse(resource.properties);
  return plainProperties({
    enabled: attributes?.enabled,
    expires: attributes?.exp,
    notBefore: attributes?.nbf,
  });
}

function readingOf(resource: ArmResource, value: string | undefined): Reading {
  const names = partsOf(resource.id, FORMAT, ["resourceGroupName", "vaultName", "secretName"]);
  const { contentType } = toldProperties.parse(resource.properties);
  const properties = plainProperties({ value, contentType, attributes: attributesOf(resource) });
  const { tags } = commonInputs(resource);
  const inputs = { ...names, properties, ...(tags === undefined ? {} : { tags }) };
  return { id: resource.id, inputs, outputs: outputsOf(resource) };
}

function valueIn(inputs: PlainProperties): string | undefined {
  const parsed = z.object({ properties: z.object({ value: z.string() }) }).safeParse(inputs);
  return parsed.success ? parsed.data.properties.value : undefined;
}
