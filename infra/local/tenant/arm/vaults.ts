import type { Tenant } from "../core/types";
import { openResources } from "./model";
import { vaultPath } from "./resources/vault-path";

/** What the data plane of a vault must know of its resource. */
export interface FoundVault {
  /** The ARM id. */
  readonly id: string;
  readonly purgeProtection: boolean;
}

/** The vault with that name, in any case; undefined when there is none or it is deleted. */
export function findVault(tenant: Pick<Tenant, "store">, name: string): FoundVault | undefined {
  const vault = openResources(tenant.store).vaults.get(name.toLowerCase());
  if (vault === undefined) return undefined;
  return { id: vaultPath(vault), purgeProtection: vault.properties.enablePurgeProtection === true };
}
