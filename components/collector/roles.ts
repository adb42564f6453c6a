/** The Azure roles of a collector's identity, each on one resource. */
import { createHash } from "node:crypto";
import { RoleAssignment } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import type { CollectorRole } from "../permissions/planning/collector-roles";

/** A role on one resource. */
interface RoleOnResource {
  /** Ends the resource's name in the program; never changes. */
  readonly suffix: string;
  readonly role: CollectorRole;
  /** Azure resource id. */
  readonly scope: pulumi.Input<string>;
}

/** Who gets the roles. */
interface RoleHolder {
  readonly subscriptionId: string;
  readonly principalId: pulumi.Input<string>;
}

/** Assigns each role under a name that is the same in every run of the stack. */
export function assignRoles(
  name: string,
  roles: readonly RoleOnResource[],
  { subscriptionId, principalId }: RoleHolder,
  options: pulumi.CustomResourceOptions,
): RoleAssignment[] {
  return roles.map(({ suffix, role, scope }) => {
    const resourceName = `${name}-${suffix}`;
    return new RoleAssignment(
      resourceName,
      {
        roleAssignmentName: assignmentName(subscriptionId, resourceName),
        principalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`,
        scope,
      },
      options,
    );
  });
}

/** A GUID made from the place in the stack, as RFC 9562 makes them from names (version 8). */
function assignmentName(subscriptionId: string, resourceName: string): string {
  const place = [subscriptionId, pulumi.getProject(), pulumi.getStack(), resourceName].join("/");
  const digits = createHash("sha256").update(place).digest("hex");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}
