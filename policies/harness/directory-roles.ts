/** Directory roles that a resource assigns. */
import { z } from "zod";
import { nameSuffix } from "../../components/arguments";
import type { DirectoryRoleRow } from "../../components/permissions/catalogue/directory-role";
import { directoryRoles } from "../../components/permissions/catalogue/directory-roles.generated";
import { connectorName } from "./connector-name";
import type { StackResource } from "./stack";
import { types } from "./types";
import { readProperty } from "./values";

/** Types that assign a directory role, or make a principal eligible for one. */
export const directoryRoleTypes = [types.directoryRoleAssignment, types.directoryRoleEligibility] as const;

/** A role that a resource assigns. */
export interface AssignedDirectoryRole {
  /** The id as given, lower case. */
  readonly id: string;
  /** Name of the built-in role with that template id. */
  readonly displayName: string | undefined;
  /** Short name of the connector that gets it. */
  readonly connector: string;
}

const names = new Map((directoryRoles as readonly DirectoryRoleRow[]).map(([name, id]) => [id, name]));

/** The role of a directory role assignment. */
export function assignedDirectoryRole(resource: StackResource): AssignedDirectoryRole {
  const property = resource.type === types.directoryRoleAssignment ? "roleId" : "roleDefinitionId";
  const id = readProperty(resource.properties, property, z.string().toLowerCase());
  const displayName = names.get(id);
  return { id, displayName, connector: connectorName(resource, displayName && nameSuffix(displayName)) };
}
