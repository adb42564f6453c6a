/** Moves objects into the deleted items, with what hangs on them, and back. */
import type { Collection, Entity } from "../../core/types";
import type { AppRoleAssignment, DeletableKind, DeletedItem, Membership } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { instant } from "../time";

/** The collection that objects of a kind live in. */
function collectionOf(directory: Directory, kind: DeletableKind) {
  const places = {
    application: directory.applications,
    servicePrincipal: directory.servicePrincipals,
    user: directory.users,
    group: directory.groups,
    administrativeUnit: directory.administrativeUnits,
  } as const;
  return places[kind];
}

/**
 * Deletes an object softly: it keeps its id, leaves every list, and a restore brings back its memberships and app role
 * assignments. Directory role assignments, delegated grants and ownership end for good.
 */
export function deleteObject(
  directory: Directory,
  kind: DeletableKind,
  object: Entity,
  now: number,
): DeletedItem {
  const assignments = [
    ...directory.appRoleAssignments.by("principalId", object.id),
    ...directory.appRoleAssignments.by("resourceId", object.id),
  ];
  const memberships = [
    ...directory.memberships.by("containerId", object.id),
    ...directory.memberships.by("memberId", object.id),
  ];
  for (const assignment of assignments) directory.appRoleAssignments.delete(assignment.id);
  for (const membership of memberships) directory.memberships.delete(membership.id);
  endRoles(directory, object.id);
  if (kind === "user" || kind === "servicePrincipal") endOwnership(directory, object.id);
  collectionOf(directory, kind).delete(object.id);
  return directory.deletedItems.put({
    id: object.id,
    kind,
    deletedDateTime: instant(now),
    object,
    assignments,
    memberships,
  });
}

function endRoles(directory: Directory, id: string): void {
  for (const held of directory.directoryRoleAssignments.by("principalId", id)) {
    directory.directoryRoleAssignments.delete(held.id);
  }
  for (const grant of directory.permissionGrants.by("clientId", id))
    directory.permissionGrants.delete(grant.id);
}

/** What the object owned has an owner less, and changes by it: delta queries show that. */
function endOwnership(directory: Directory, id: string): void {
  endIn(directory.groups, id);
  endIn(directory.applications, id);
  endIn(directory.servicePrincipals, id);
  endIn(directory.devices, id);
}

function endIn<T extends Entity & { readonly owners: readonly string[] }>(
  collection: Collection<T>,
  id: string,
): void {
  const owned = [...collection.values()].filter(({ owners }) => owners.includes(id));
  for (const entity of owned) {
    collection.put({ ...entity, owners: entity.owners.filter((owner) => owner !== id) });
  }
}

/** Brings a deleted object back. Relations to objects that have gone meanwhile are not restored. */
export function restoreObject(directory: Directory, item: DeletedItem): void {
  putBack(directory, item);
  directory.deletedItems.delete(item.id);
  for (const assignment of item.assignments) restoreAssignment(directory, assignment);
  for (const membership of item.memberships) restoreMembership(directory, membership);
}

function putBack(directory: Directory, item: DeletedItem): void {
  // The kind says which collection the object came from, so it is of that collection's type.
  const collection: { put(entity: Entity): unknown } = collectionOf(directory, item.kind) as never;
  collection.put(item.object);
}

function restoreAssignment(directory: Directory, assignment: AppRoleAssignment): void {
  if (directory.servicePrincipals.get(assignment.resourceId) === undefined) return;
  directory.appRoleAssignments.put(assignment);
}

function restoreMembership(directory: Directory, membership: Membership): void {
  const container =
    directory.groups.get(membership.containerId) ?? directory.administrativeUnits.get(membership.containerId);
  if (container !== undefined) directory.memberships.put(membership);
}
