import type { Tenant } from "../core/types";
import { Access } from "./roles/access";

/**
 * Whether a role assignment on the scope or above allows a principal the data action, for example
 * `Microsoft.KeyVault/vaults/secrets/getSecret/action`. For the services that have a data plane.
 */
export function isDataActionAllowed(
  tenant: Pick<Tenant, "store" | "replication">,
  principalId: string,
  scope: string,
  dataAction: string,
): boolean {
  return new Access(tenant).allows(principalId, "dataActions", dataAction, scope);
}
