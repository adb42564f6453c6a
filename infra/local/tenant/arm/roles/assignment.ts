import { isWithin, subscriptionPath } from "../ids";
import type { Resources, RoleAssignment } from "../model";

/** What a new role assignment is made from. */
export interface NewAssignment {
  /** A GUID. */
  readonly name: string;
  readonly scope: string;
  readonly roleId: string;
  readonly subscriptionId: string;
  readonly principalId: string;
  readonly principalType: string;
  readonly description: string | null;
  /** Object id of who assigns. */
  readonly by: string;
  /** Tenant clock, milliseconds. */
  readonly at: number;
}

/** The path of an assignment: its scope, then its name. */
export function assignmentPath(scope: string, name: string): string {
  return `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
}

/** The path of a role definition in a subscription. */
export function definitionPath(subscriptionId: string, roleId: string): string {
  return `${subscriptionPath(subscriptionId)}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
}

/** Makes the stored form of an assignment. */
export function newAssignment(given: NewAssignment): RoleAssignment {
  const { name, scope, roleId, principalId, principalType, description, by } = given;
  const instant = new Date(given.at).toISOString();
  return {
    id: assignmentPath(scope, name).toLowerCase(),
    name,
    scope,
    roleId,
    roleDefinitionId: definitionPath(given.subscriptionId, roleId),
    principalId,
    principalType,
    description,
    createdOn: instant,
    updatedOn: instant,
    createdBy: by,
    updatedBy: by,
  };
}

/** Removes what is on a scope and below and goes with the resource: role assignments, locks, diagnostic settings. */
export function removeExtensionsWithin({ roleAssignments, others }: Resources, scope: string): void {
  for (const { id } of [...roleAssignments.values()].filter((one) => isWithin(one.scope, scope)))
    roleAssignments.delete(id);
  for (const { id } of [...others.values()].filter((one) => isWithin(one.path, scope))) others.delete(id);
}
