/** Who belongs to what: members, containers, nested groups, role holders. */
import type { Directory } from "../directory/open";
import type { Item } from "./entity-type";
import { findObject, findObjects } from "./objects";
import { directoryRoleType } from "./types/directory-role";

/** The display name of any directory object; null when it is gone. */
export function displayNameOf(directory: Directory, id: string): string | null {
  const entity = findObject(directory, id)?.entity;
  return entity !== undefined && "displayName" in entity && typeof entity.displayName === "string"
    ? entity.displayName
    : null;
}

/** Direct members of a group or administrative unit. */
export function* membersOf(directory: Directory, containerId: string): Generator<Item> {
  const memberships = directory.memberships.by("containerId", containerId);
  yield* findObjects(directory, ids(memberships, "memberId"));
}

/** Groups, administrative units and activated directory roles that an object belongs to directly. */
export function* containersOf(directory: Directory, memberId: string): Generator<Item> {
  yield* findObjects(directory, ids(directory.memberships.by("memberId", memberId), "containerId"));
  for (const assignment of directory.directoryRoleAssignments.by("principalId", memberId)) {
    if (assignment.directoryScopeId !== "/") continue;
    const [role] = directory.directoryRoles.by("roleTemplateId", assignment.roleDefinitionId);
    if (role !== undefined) yield { type: directoryRoleType, entity: role };
  }
}

function* ids<K extends string>(entities: readonly Readonly<Record<K, string>>[], key: K): Generator<string> {
  for (const entity of entities) yield entity[key];
}

/** All members through nested groups, each once. */
export const transitiveMembersOf = (directory: Directory, groupId: string): Iterable<Item> =>
  closure(groupId, (id) => membersOf(directory, id));

/** All containers through nested groups, each once. */
export const transitiveContainersOf = (directory: Directory, memberId: string): Iterable<Item> =>
  closure(memberId, (id) => containersOf(directory, id));

function* closure(start: string, next: (id: string) => Iterable<Item>): Generator<Item> {
  const seen = new Set([start]);
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const item of next(id)) {
      if (seen.has(item.entity.id)) continue;
      seen.add(item.entity.id);
      yield item;
      if (item.type.name === "group") waiting.push(item.entity.id);
    }
  }
}

/** Template ids of the directory roles that a principal holds actively, itself or through a group. */
export function rolesOf(directory: Directory, principalId: string): ReadonlySet<string> {
  const holders = [principalId, ...groupIdsOf(directory, principalId)];
  return new Set(
    holders.flatMap((id) =>
      directory.directoryRoleAssignments.by("principalId", id).map((held) => held.roleDefinitionId),
    ),
  );
}

function* groupIdsOf(directory: Directory, principalId: string): Generator<string> {
  for (const membership of directory.memberships.by("memberId", principalId)) {
    if (directory.groups.get(membership.containerId)?.isAssignableToRole === true)
      yield membership.containerId;
  }
}
