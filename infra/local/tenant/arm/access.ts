import type { Tenant } from "../core/types";
import { Access } from "./roles/access";
import type { Plane } from "./roles/role";

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
  return isActionAllowed(tenant, principalId, scope, "dataActions", dataAction);
}

/** The same for an action of either plane: in storage, containers and queues themselves are of the control plane. */
export function isActionAllowed(
  tenant: Pick<Tenant, "store" | "replication">,
  principalId: string,
  scope: string,
  plane: Plane,
  action: string,
): boolean {
  return new Access(tenant).allows(principalId, plane, action, scope);
}
