import type { Tenant } from "../core/types";
import { managementPolicySchema } from "./kinds/storage/services";
import { openResources, type Resource } from "./model";

/** What the data plane of a storage account must know of its resource. */
export interface StorageAccount {
  /** The ARM id. */
  readonly id: string;
  readonly name: string;
  readonly allowSharedKeyAccess: boolean;
  /** Which blobs its lifecycle rules delete. */
  readonly expiry: readonly Expiry[];
}

/** Blobs that are deleted some days after their last change. */
interface Expiry {
  /** Container, and what the blob's name begins with; empty for all. */
  readonly prefix: string;
  readonly days: number;
}

/** The storage account with that name; undefined when there is none. */
export function findStorageAccount(tenant: Pick<Tenant, "store">, name: string): StorageAccount | undefined {
  return storageAccounts(tenant).find((account) => account.name === name);
}

/** All storage accounts. */
export function storageAccounts(tenant: Pick<Tenant, "store">): StorageAccount[] {
  const { others } = openResources(tenant.store);
  return others.by("type", "Microsoft.Storage/storageAccounts").map(({ id, path, name, properties }) => ({
    ...{ id: path, name },
    allowSharedKeyAccess: properties.allowSharedKeyAccess !== false,
    expiry: expiryOf(others.get(`${id}/managementpolicies/default`)),
  }));
}

function expiryOf(policy: Resource | undefined): Expiry[] {
  if (policy === undefined) return [];
  const { rules } = managementPolicySchema.parse(policy.properties).policy;
  return rules.flatMap(({ enabled, definition: { actions, filters } }) => {
    const days = actions.baseBlob?.delete?.daysAfterModificationGreaterThan;
    if (enabled === false || typeof days !== "number") return [];
    return (filters?.prefixMatch ?? [""]).map((prefix) => ({ prefix, days }));
  });
}
