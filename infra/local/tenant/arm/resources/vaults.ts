import { z } from "zod";
import { type ArmCall, type ArmOperation, type ArmReply, list, ok, readable, readBody } from "../call";
import { ArmError, badRequest, resourceNotFound, retrySoon } from "../errors";
import { locationOf } from "../fields";
import type { DeletedVault, ResourceGroup, Vault } from "../model";
import { requireGroup, requireWritableGroup } from "../scope";
import {
  checkVaultName,
  isRegistered,
  vaultBody,
  vaultPatchSchema,
  vaultProperties,
  vaultPutSchema,
} from "./vault-body";
import { deleteVault, openVault } from "./vault-lifecycle";
import { vaultType as type, vaultPath } from "./vault-path";

const inSubscription = `/subscriptions/{subscriptionId}/providers/${type}`;
const inGroup = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}`;
const path = `${inGroup}/{vaultName}`;

type Given = z.output<typeof vaultPutSchema>;

/** The bodies of the vaults that the caller may read. */
export function readableVaults(call: ArmCall): ReturnType<typeof vaultBody>[] {
  return readable(call, `${type}/read`, call.resources.vaults.values(), vaultPath).map((vault) =>
    vaultBody(call, vault),
  );
}

function isIn(group: ResourceGroup, vault: Vault): boolean {
  return vault.resourceGroup.toLowerCase() === group.name.toLowerCase();
}

/** The vault of the path. @throws ArmError 404 */
export function requireVault(call: ArmCall): Vault {
  const group = requireGroup(call);
  const found = call.resources.vaults.get(call.param("vaultName").toLowerCase());
  if (found !== undefined && isIn(group, found)) return found;
  throw resourceNotFound(`${type}/${call.param("vaultName")}`, call.param("resourceGroupName"));
}

async function put(call: ArmCall): Promise<ArmReply> {
  const given = readBody(call, vaultPutSchema);
  const group = requireWritableGroup(call);
  const name = call.param("vaultName");
  checkVaultName(name);
  const current = call.resources.vaults.get(name.toLowerCase());
  if (current !== undefined && !isIn(group, current)) throw nameTaken(name);
  const deleted = call.resources.deletedVaults.get(name.toLowerCase());
  if (current === undefined && given.properties.createMode === "recover")
    return recover(call, group, deleted);
  if (deleted !== undefined) throw stillDeleted();
  return current === undefined ? create(call, group, given) : update(call, current, given);
}

async function create(call: ArmCall, group: ResourceGroup, given: Given): Promise<ArmReply> {
  const name = call.param("vaultName");
  const { properties } = given;
  if (properties.accessPolicies === undefined && properties.enableRbacAuthorization !== true) {
    throw badRequest("The parameter accessPolicies is not specified.");
  }
  const vault = await openVault(call, {
    id: name.toLowerCase(),
    name,
    subscriptionId: group.subscriptionId,
    resourceGroup: group.name,
    location: locationOf(name, given.location, undefined),
    tags: given.tags ?? {},
    properties: vaultProperties(call, properties, undefined),
    registeredAt: call.tenant.clock.now(),
  });
  return reply(call, vault);
}

function update(call: ArmCall, current: Vault, given: Given): ArmReply {
  const location = locationOf(current.name, given.location, current);
  const properties = vaultProperties(call, given.properties, current.properties);
  return reply(call, call.resources.vaults.put({ ...current, location, tags: given.tags ?? {}, properties }));
}

/** createMode `recover`: back with all it had, into the group that it was in. */
async function recover(
  call: ArmCall,
  group: ResourceGroup,
  deleted: DeletedVault | undefined,
): Promise<ArmReply> {
  if (deleted === undefined) {
    throw new ArmError(
      404,
      "DeletedVaultNotFound",
      `A deleted vault named '${call.param("vaultName")}' does not exist.`,
    );
  }
  if (!isIn(group, deleted.vault)) throw nameTaken(deleted.vault.name);
  call.resources.deletedVaults.delete(deleted.id);
  return reply(call, await openVault(call, { ...deleted.vault, registeredAt: call.tenant.clock.now() }));
}

function patch(call: ArmCall): ArmReply {
  const given = readBody(call, vaultPatchSchema);
  const current = requireVault(call);
  const properties = vaultProperties(call, given.properties ?? {}, current.properties);
  return reply(call, call.resources.vaults.put({ ...current, tags: given.tags ?? current.tags, properties }));
}

/** While the name is being registered, the client is to ask again. */
function reply(call: ArmCall, vault: Vault): ArmReply {
  return ok(vaultBody(call, vault), isRegistered(call, vault) ? {} : retrySoon);
}

async function remove(call: ArmCall): Promise<ArmReply> {
  const group = requireGroup(call);
  const found = call.resources.vaults.get(call.param("vaultName").toLowerCase());
  if (found === undefined || !isIn(group, found)) return { status: 204 };
  await deleteVault(call, found);
  return { status: 200 };
}

function stillDeleted(): ArmError {
  return new ArmError(
    409,
    "ConflictError",
    "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. " +
      "Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
  );
}

function nameTaken(name: string): ArmError {
  return new ArmError(
    409,
    "VaultAlreadyExists",
    `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. ` +
      "If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but " +
      "not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be " +
      "purged before reusing the name. For more information on soft delete and purging a vault follow this link " +
      "https://go.microsoft.com/fwlink/?linkid=2147740.",
  );
}

const nameQuestion = z.strictObject({ name: z.string(), type: z.string() });

function checkAvailability(call: ArmCall): ArmReply {
  const { name } = readBody(call, nameQuestion);
  checkVaultName(name);
  const { vaults, deletedVaults } = call.resources;
  const taken = vaults.get(name.toLowerCase()) ?? deletedVaults.get(name.toLowerCase());
  if (taken === undefined) return ok({ nameAvailable: true });
  return ok({ nameAvailable: false, reason: "AlreadyExists", message: nameTaken(name).message });
}

/** Key vaults. */
export const vaultOperations: readonly ArmOperation[] = [
  { method: "GET", path: inSubscription, type, handle: (call) => list(readableVaults(call)) },
  {
    method: "GET",
    path: inGroup,
    type,
    handle: (call) => {
      const group = `/resourcegroups/${requireGroup(call).name.toLowerCase()}/`;
      return list(readableVaults(call).filter(({ id }) => id.toLowerCase().includes(group)));
    },
  },
  { method: "GET", path, type, action: `${type}/read`, handle: (call) => reply(call, requireVault(call)) },
  { method: "PUT", path, type, action: `${type}/write`, handle: put },
  { method: "PATCH", path, type, action: `${type}/write`, handle: patch },
  { method: "DELETE", path, type, action: `${type}/delete`, handle: remove },
  {
    method: "POST",
    path: "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/checkNameAvailability",
    type: "Microsoft.KeyVault/checkNameAvailability",
    action: "Microsoft.KeyVault/checkNameAvailability/read",
    handle: checkAvailability,
  },
];
