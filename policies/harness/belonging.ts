/** What a connector asks for and has, wherever in the stack it is declared. */
import { z } from "zod";
import { assignedDirectoryRole, directoryRoleTypes } from "./directory-roles";
import { type KnownRole, knownRoles, type RequestedAccess, requestedAccess, requestTypes } from "./roles";
import { ofType, type PolicyStack, type StackConnector, type StackResource } from "./stack";
import { types } from "./types";
import { readProperty } from "./values";

/** Whether a resource is the connector's: below it, or made for one of its resources by the property. */
function belongsTo(connector: StackConnector, resource: StackResource, property: string): boolean {
  const targets = [resource.urn, ...(resource.sources?.[property] ?? [])];
  return connector.resources.some(({ urn }) => targets.includes(urn));
}

/** Resources that ask for permissions in the connector's name. */
function requests(stack: PolicyStack, connector: StackConnector): readonly StackResource[] {
  return ofType(stack, ...requestTypes).filter((one) => belongsTo(connector, one, "applicationId"));
}

/** Application permissions that the connector asks for. */
export function requestedRoles(stack: PolicyStack, connector: StackConnector): readonly RequestedAccess[] {
  return requests(stack, connector)
    .flatMap(requestedAccess)
    .filter(({ type }) => type === "Role");
}

/** Of those, the ones that the catalogue knows. */
export function knownRequestedRoles(stack: PolicyStack, connector: StackConnector): readonly KnownRole[] {
  return requests(stack, connector).flatMap(knownRoles);
}

/** Grants of application permissions to the connector. */
export function roleGrants(stack: PolicyStack, connector: StackConnector): readonly StackResource[] {
  return ofType(stack, types.appRoleAssignment).filter((one) =>
    belongsTo(connector, one, "principalObjectId"),
  );
}

/** Assignments of directory roles to the connector. */
export function directoryRoleAssignments(
  stack: PolicyStack,
  connector: StackConnector,
): readonly StackResource[] {
  return ofType(stack, ...directoryRoleTypes).filter(
    (one) => belongsTo(connector, one, "principalObjectId") || belongsTo(connector, one, "principalId"),
  );
}

/** Template ids of the directory roles that the connector holds, or asks an administrator for. */
export function directoryRoleIds(stack: PolicyStack, connector: StackConnector): ReadonlySet<string> {
  return new Set([
    ...directoryRoleAssignments(stack, connector).map((one) => assignedDirectoryRole(one).id),
    ...ofType(connector, types.directoryRole).map(({ properties }) =>
      readProperty(properties, "templateId", z.string().toLowerCase()),
    ),
  ]);
}
