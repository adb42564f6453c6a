import type { Tenant } from "../core/types";
import { openResources } from "./model";

/** What the data plane of a storage account must know of its resource. */
export interface StorageAccount {
  /** The ARM id. */
  readonly id: string;
  readonly name: string;
  readonly allowSharedKeyAccess: boolean;
}

/** The storage account with that name; undefined when there is none. */
export function findStorageAccount(tenant: Pick<Tenant, "store">, name: string): StorageAccount | undefined {
  return storageAccounts(tenant).find((account) => account.name === name);
}

/** All storage accounts. */
export function storageAccounts(tenant: Pick<Tenant, "store">): StorageAccount[] {
  return openResources(tenant.store)
    .others.by("type", "Microsoft.Storage/storageAccounts")
    .map(({ path, name, properties }) => ({
      ...{ id: path, name },
      allowSharedKeyAccess: properties.allowSharedKeyAccess !== false,
    }));
}
