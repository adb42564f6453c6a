import { randomUUID } from "node:crypto";
import type { Tenant } from "../core/types";
import { subscriptionPath } from "./ids";
import { openResources } from "./model";
import { newAssignment } from "./roles/assignment";
import { builtInRoleNamed } from "./roles/built-in";

/** What the deployer holds on the subscription; the README names the same roles. */
const deployerRoles = [
  "Contributor",
  "Role Based Access Control Administrator",
  "Key Vault Secrets Officer",
  "Key Vault Certificates Officer",
  "Locks Contributor",
];
/** Who operates reads what the collector wrote; the same sign-in does both here. */
const operatorRoles = ["Storage Blob Data Reader"];

/** Gives the deployer's service principal its roles on the subscription; assignments that are there stay as they are. */
export async function seedSubscription(
  tenant: Pick<Tenant, "settings" | "store" | "clock">,
  deployer: { readonly principalId: string },
): Promise<void> {
  const { roleAssignments } = openResources(tenant.store);
  const { subscriptionId } = tenant.settings;
  const held = new Set(roleAssignments.by("principalId", deployer.principalId).map(({ roleId }) => roleId));
  const missing = [...deployerRoles, ...operatorRoles]
    .flatMap((name) => builtInRoleNamed(name) ?? [])
    .filter(({ id }) => !held.has(id));
  for (const role of missing) {
    roleAssignments.put(
      newAssignment({
        name: randomUUID(),
        scope: subscriptionPath(subscriptionId),
        roleId: role.id,
        subscriptionId,
        principalId: deployer.principalId,
        principalType: "ServicePrincipal",
        description: null,
        by: deployer.principalId,
        at: tenant.clock.now(),
      }),
    );
  }
}
