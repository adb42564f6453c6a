import type { Change, Entity, Store } from "../../core/types";
import type { Directory as OpenDirectory } from "../open";
import { changedIds, changedProperties } from "./differences";
import type { NewEntry, TrackedLink, TrackedType } from "./entry";
import { ChangeLog } from "./log";

export type { ChangeEntry, TrackedLink, TrackedType } from "./entry";
export type { ChangeLog } from "./log";

/** The collections without the log, which is made from them. */
type Directory = Omit<OpenDirectory, "changes">;

const logs = new WeakMap<Store, ChangeLog>();

/** The change log of a store's directory; the first call begins to record. */
export function changeLogOf(store: Store, directory: Directory): ChangeLog {
  const existing = logs.get(store);
  if (existing !== undefined) return existing;
  const log = new ChangeLog(store);
  logs.set(store, log);
  record(directory, log);
  return log;
}

function record(directory: Directory, log: ChangeLog): void {
  const objects = [
    ["user", directory.users],
    ["group", directory.groups],
    ["application", directory.applications],
    ["servicePrincipal", directory.servicePrincipals],
    ["device", directory.devices],
    ["administrativeUnit", directory.administrativeUnits],
    ["directoryRole", directory.directoryRoles],
    ["oAuth2PermissionGrant", directory.permissionGrants],
    ["orgContact", directory.contacts],
  ] as const;
  for (const [type, collection] of objects) {
    collection.watch((change: Change<Entity>) => recordObject(directory, log, type, change));
  }
  directory.memberships.watch(({ previous, next }) => {
    const membership = next ?? previous;
    if (membership === undefined || (previous !== undefined && next !== undefined)) return;
    const type = directory.groups.get(membership.containerId) === undefined ? "administrativeUnit" : "group";
    log.append(linked(directory, type, membership.containerId, "members", membership.memberId));
  });
  directory.directoryRoleAssignments.watch(({ previous, next }) => {
    const held = next ?? previous;
    const [role] = directory.directoryRoles.by("roleTemplateId", held?.roleDefinitionId ?? "");
    if (held === undefined || role === undefined || held.directoryScopeId !== "/") return;
    log.append(linked(directory, "directoryRole", role.id, "members", held.principalId));
  });
  directory.deletedItems.watch(({ previous, next }) => {
    if (previous === undefined || next !== undefined || isBack(directory, previous.id)) return;
    log.append({ type: previous.kind, objectId: previous.id, change: "purged" });
  });
}

function recordObject(
  directory: Directory,
  log: ChangeLog,
  type: TrackedType,
  { previous, next }: Change<Entity>,
): void {
  const objectId = next?.id ?? previous?.id ?? "";
  if (next === undefined) {
    log.append({ type, objectId, change: "removed" });
    return;
  }
  if (previous === undefined) log.append({ type, objectId, change: "created" });
  else {
    const properties = changedProperties(previous, next);
    if (properties.length > 0) log.append({ type, objectId, change: "updated", properties });
  }
  recordLinks(directory, log, type, { previous, next });
}

/** Owners and manager are fields of the object itself. */
function recordLinks(
  directory: Directory,
  log: ChangeLog,
  type: TrackedType,
  { previous, next }: Change<Entity>,
): void {
  const objectId = next?.id ?? "";
  for (const id of changedIds(ownersOf(previous), ownersOf(next))) {
    log.append(linked(directory, type, objectId, "owners", id));
  }
  for (const id of changedIds(managersOf(previous), managersOf(next))) {
    log.append(linked(directory, type, objectId, "manager", id));
  }
}

const none: readonly string[] = [];

const ownersOf = (entity: Entity | undefined): readonly string[] =>
  entity !== undefined && "owners" in entity && Array.isArray(entity.owners) ? entity.owners : none;

const managersOf = (entity: Entity | undefined): readonly string[] =>
  entity !== undefined && "managerId" in entity && typeof entity.managerId === "string"
    ? [entity.managerId]
    : none;

function linked(
  directory: Directory,
  type: TrackedType,
  objectId: string,
  link: TrackedLink,
  targetId: string,
): NewEntry {
  return {
    type,
    objectId,
    change: "linked",
    link,
    targetId,
    targetType: typeOf(directory, targetId) ?? "directoryObject",
  };
}

function typeOf(directory: Directory, id: string): string | undefined {
  if (directory.users.get(id) !== undefined) return "user";
  if (directory.groups.get(id) !== undefined) return "group";
  if (directory.servicePrincipals.get(id) !== undefined) return "servicePrincipal";
  if (directory.devices.get(id) !== undefined) return "device";
  return directory.deletedItems.get(id)?.kind;
}

/** A deleted item that leaves the recycle bin because its object was restored. */
const isBack = (directory: Directory, id: string): boolean =>
  [
    directory.users,
    directory.groups,
    directory.applications,
    directory.servicePrincipals,
    directory.administrativeUnits,
  ].some((collection) => collection.get(id) !== undefined);
