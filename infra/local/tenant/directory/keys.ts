/** What there really is: keys of objects and relations, for tests that compare what a client read. */
import type { Entity } from "../core/types";
import type { Directory } from "./open";

/**
 * Lists of keys by name. An object's key is its id; a relation's is `<container>/<member>`; a role assignment's and a
 * grant's is its own id.
 */
const lists: Readonly<Record<string, (directory: Directory) => Iterable<string>>> = {
  users: (directory) => ids(directory.users.values()),
  groups: (directory) => ids(directory.groups.values()),
  groupMembers: (directory) => memberships(directory, (id) => directory.groups.get(id) !== undefined),
  groupOwners: (directory) => owners(directory.groups.values()),
  applications: (directory) => ids(directory.applications.values()),
  applicationOwners: (directory) => owners(directory.applications.values()),
  servicePrincipals: (directory) => ids(directory.servicePrincipals.values()),
  servicePrincipalOwners: (directory) => owners(directory.servicePrincipals.values()),
  appRoleAssignments: (directory) => ids(directory.appRoleAssignments.values()),
  permissionGrants: (directory) => ids(directory.permissionGrants.values()),
  directoryRoles: (directory) => ids(directory.directoryRoles.values()),
  directoryRoleAssignments: (directory) => ids(directory.directoryRoleAssignments.values()),
  roleEligibilities: (directory) => ids(directory.roleEligibilities.values()),
  administrativeUnits: (directory) => ids(directory.administrativeUnits.values()),
  administrativeUnitMembers: (directory) =>
    memberships(directory, (id) => directory.administrativeUnits.get(id) !== undefined),
  devices: (directory) => ids(directory.devices.values()),
  deviceOwners: (directory) => owners(directory.devices.values()),
  riskyUsers: (directory) => ids(directory.riskyUsers.values()),
  riskyServicePrincipals: (directory) => ids(directory.riskyServicePrincipals.values()),
  subscribedSkus: (directory) => ids(directory.subscribedSkus.values()),
  domains: (directory) => ids(directory.domains.values()),
  organizations: (directory) => ids(directory.organizations.values()),
  deletedItems: (directory) => ids(directory.deletedItems.values()),
};

/** Names of the lists. */
export const keyLists: readonly string[] = Object.keys(lists);

/** The keys of a list as they are now, in no order to rely on; undefined when there is no such list. */
export function keysOf(directory: Directory, list: string): Iterable<string> | undefined {
  return Object.hasOwn(lists, list) ? lists[list]?.(directory) : undefined;
}

function* ids(entities: Iterable<Entity>): Generator<string> {
  for (const { id } of entities) yield id;
}

function* memberships(directory: Directory, includes: (containerId: string) => boolean): Generator<string> {
  for (const { containerId, memberId } of directory.memberships.values()) {
    if (includes(containerId)) yield `${containerId}/${memberId}`;
  }
}

function* owners(entities: Iterable<Entity & { readonly owners: readonly string[] }>): Generator<string> {
  for (const { id, owners: all } of entities) for (const owner of all) yield `${id}/${owner}`;
}
