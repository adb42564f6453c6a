import { randomUUID } from "node:crypto";
import type { DeletableKind, Group, User } from "../../../infra/local/tenant/directory/model";
import type { Directory } from "../../../infra/local/tenant/directory/open";
import { deleteObject, restoreObject } from "../../../infra/local/tenant/graph/resources/deletion";

interface Place {
  readonly one: number;
  readonly other: number;
}

/** One random change: what, and which objects. */
export interface Change extends Place {
  readonly what: keyof typeof changes;
}

interface Identified {
  readonly id: string;
}
interface Owned extends Identified {
  readonly owners: readonly string[];
}

const now = Date.UTC(2026, 5, 1);

function pick<T>(items: Iterable<T>, at: number): T | undefined {
  const all = [...items];
  return all[at % Math.max(all.length, 1)];
}

function remove(directory: Directory, kind: DeletableKind, entity: Identified | undefined): void {
  if (entity !== undefined) deleteObject(directory, kind, entity, now);
}

function join(directory: Directory, container: Identified | undefined, member: Identified | undefined): void {
  if (container === undefined || member === undefined || container.id === member.id) return;
  const id = `${container.id}:${member.id}`;
  directory.memberships.put({ id, containerId: container.id, memberId: member.id });
}

function leave(directory: Directory, at: number, ofGroup: boolean): void {
  const own = [...directory.memberships.values()].filter(
    ({ containerId }) => (directory.groups.get(containerId) !== undefined) === ofGroup,
  );
  const membership = pick(own, at);
  if (membership !== undefined) directory.memberships.delete(membership.id);
}

function own<T extends Owned>(
  collection: { values(): Iterable<T>; put(entity: T): T },
  { other }: Place,
  owner: Identified | undefined,
): void {
  const entity = pick(collection.values(), other);
  if (entity === undefined || owner === undefined || entity.owners.includes(owner.id)) return;
  collection.put({ ...entity, owners: [...entity.owners, owner.id] });
}

function disown<T extends Owned>(
  collection: { values(): Iterable<T>; put(entity: T): T },
  { other }: Place,
): void {
  const entity = pick(collection.values(), other);
  if (entity !== undefined) collection.put({ ...entity, owners: entity.owners.slice(1) });
}

const nameOf = ({ one, other }: Place) => `Number ${one}, Ωßç 🚀\u0007\t"${other}"`;
const userAt = (directory: Directory, { one }: Place) => pick(directory.users.values(), one);
const groupAt = (directory: Directory, { other }: Place) => pick(directory.groups.values(), other);
const principalAt = (directory: Directory, at: number) => pick(directory.servicePrincipals.values(), at);

/** Every kind of change; what cannot be done does nothing. */
const changes = {
  "add user": (directory: Directory, place: Place) => void directory.users.put(newUser(nameOf(place))),
  "rename user": (directory: Directory, place: Place) => {
    const user = userAt(directory, place);
    if (user !== undefined) directory.users.put({ ...user, displayName: nameOf(place) });
  },
  "delete user": (directory: Directory, place: Place) => remove(directory, "user", userAt(directory, place)),
  "add group": (directory: Directory, place: Place) => void directory.groups.put(newGroup(nameOf(place))),
  "rename group": (directory: Directory, place: Place) => {
    const group = groupAt(directory, place);
    if (group !== undefined) directory.groups.put({ ...group, displayName: nameOf(place) });
  },
  "delete group": (directory: Directory, place: Place) =>
    remove(directory, "group", groupAt(directory, place)),
  "add member": (directory: Directory, place: Place) =>
    join(directory, groupAt(directory, place), userAt(directory, place)),
  "add principal as member": (directory: Directory, place: Place) =>
    join(directory, groupAt(directory, place), principalAt(directory, place.one)),
  "nest group": (directory: Directory, place: Place) =>
    join(directory, groupAt(directory, place), pick(directory.groups.values(), place.one)),
  "remove member": (directory: Directory, { one }: Place) => leave(directory, one, true),
  "add owner": (directory: Directory, place: Place) => own(directory.groups, place, userAt(directory, place)),
  "remove owner": (directory: Directory, place: Place) => disown(directory.groups, place),
  restore: (directory: Directory, { one }: Place) => {
    const item = pick(directory.deletedItems.values(), one);
    if (item !== undefined) restoreObject(directory, item);
  },
  "add application owner": (directory: Directory, place: Place) =>
    own(directory.applications, place, userAt(directory, place)),
  "remove application owner": (directory: Directory, place: Place) => disown(directory.applications, place),
  "delete application": (directory: Directory, { other }: Place) =>
    remove(directory, "application", pick(directory.applications.values(), other)),
  "add device owner": (directory: Directory, place: Place) =>
    own(directory.devices, place, userAt(directory, place)),
  "remove device owner": (directory: Directory, place: Place) => disown(directory.devices, place),
  "add grant": (directory: Directory, { one, other }: Place) => {
    directory.permissionGrants.put({
      id: randomUUID(),
      clientId: principalAt(directory, one)?.id ?? "",
      resourceId: principalAt(directory, other)?.id ?? "",
      consentType: "AllPrincipals",
      principalId: null,
      scope: "User.Read",
    });
  },
  "widen grant": (directory: Directory, { one, other }: Place) => {
    const grant = pick(directory.permissionGrants.values(), one);
    if (grant !== undefined)
      directory.permissionGrants.put({ ...grant, scope: `${grant.scope} Scope.${other}` });
  },
  "delete grant": (directory: Directory, { one }: Place) => {
    const grant = pick(directory.permissionGrants.values(), one);
    if (grant !== undefined) directory.permissionGrants.delete(grant.id);
  },
  "add unit member": (directory: Directory, place: Place) =>
    join(directory, pick(directory.administrativeUnits.values(), place.other), userAt(directory, place)),
  "remove unit member": (directory: Directory, { one }: Place) => leave(directory, one, false),
} satisfies Readonly<Record<string, (directory: Directory, place: Place) => void>>;

export const kindsOfChange = Object.keys(changes) as (keyof typeof changes)[];

export function change(directory: Directory, { what, ...place }: Change): void {
  changes[what](directory, place);
}

export function newUser(displayName: string): User {
  const id = randomUUID();
  return {
    id,
    displayName,
    userPrincipalName: `${id}@contoso.example`,
    mail: null,
    accountEnabled: true,
    userType: "Member",
    createdDateTime: "2026-01-01T00:00:00Z",
    managerId: null,
    assignedLicenses: [],
    properties: {},
  };
}

export function newGroup(displayName: string, properties: Group["properties"] = {}): Group {
  const id = randomUUID();
  return {
    id,
    displayName,
    mail: null,
    mailNickname: id,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
    isAssignableToRole: false,
    createdDateTime: "2026-01-01T00:00:00Z",
    owners: [],
    properties,
  };
}
