import { type ArmCall, type ArmContext, type ArmOperation, type ArmReply, list, ok } from "../call";
import { ArmError } from "../errors";
import { subscriptionPath } from "../ids";
import type { DeletedVault } from "../model";
import { startOperation } from "../operation-start";
import { purgeVault } from "./vault-lifecycle";
import { vaultPath } from "./vault-path";

const type = "Microsoft.KeyVault/deletedVaults";
const inSubscription = `/subscriptions/{subscriptionId}/providers/${type}`;
const path =
  "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/locations/{location}/deletedVaults/{vaultName}";

function bodyOf({ vault, deletedAt, scheduledPurgeAt }: DeletedVault): unknown {
  const { subscriptionId, location, name, tags, properties } = vault;
  return {
    id: `${subscriptionPath(subscriptionId)}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
    name,
    type,
    properties: {
      vaultId: vaultPath(vault),
      location,
      tags,
      deletionDate: new Date(deletedAt).toISOString(),
      scheduledPurgeDate: new Date(scheduledPurgeAt).toISOString(),
      ...(properties.enablePurgeProtection === true ? { purgeProtectionEnabled: true } : {}),
    },
  };
}

function required(call: ArmCall): DeletedVault {
  const found = call.resources.deletedVaults.get(call.param("vaultName").toLowerCase());
  if (found !== undefined && found.vault.location === call.param("location").toLowerCase()) return found;
  throw new ArmError(
    404,
    "DeletedVaultNotFound",
    `The specified deleted vault '${call.param("vaultName")}' does not exist in location '${call.param("location")}'.`,
  );
}

function purge(call: ArmCall): ArmReply {
  const deleted = required(call);
  if (deleted.vault.properties.enablePurgeProtection === true) {
    throw new ArmError(405, "MethodNotAllowed", "Operation 'DeletedVaultPurge' is not allowed.");
  }
  purgeVault(call, deleted);
  return startOperation(call);
}

/** Purges the deleted vaults whose retention is over. */
export function purgeExpiredVaults(context: ArmContext): void {
  const now = context.tenant.clock.now();
  const expired = [...context.resources.deletedVaults.values()].filter(
    ({ scheduledPurgeAt }) => scheduledPurgeAt <= now,
  );
  for (const deleted of expired) purgeVault(context, deleted);
}

/** Soft-deleted key vaults. */
export const deletedVaultOperations: readonly ArmOperation[] = [
  {
    method: "GET",
    path: inSubscription,
    type,
    action: `${type}/read`,
    handle: (call) => list([...call.resources.deletedVaults.values()].map(bodyOf)),
  },
  {
    method: "GET",
    path,
    type,
    action: "Microsoft.KeyVault/locations/deletedVaults/read",
    handle: (call) => ok(bodyOf(required(call))),
  },
  {
    method: "POST",
    path: `${path}/purge`,
    type,
    action: "Microsoft.KeyVault/locations/deletedVaults/purge/action",
    handle: purge,
  },
];
