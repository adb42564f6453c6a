import type { Collection, Entity, Tenant } from "../../core/types";
import type { Group, User } from "../../directory/model";
import type { Directory } from "../../directory/open";
import type { Random } from "../../directory/seed/random";
import { deleteObject, restoreObject } from "../resources/deletion";
import { instant } from "../time";

/** What can happen to a directory. */
export type ChangeKind =
  | "userUpdated"
  | "userCreated"
  | "userDeleted"
  | "userRestored"
  | "memberAdded"
  | "memberRemoved"
  | "groupUpdated"
  | "groupCreated"
  | "groupDeleted";

/** What changes work with. */
export interface Churn {
  readonly directory: Directory;
  readonly tenant: Tenant;
  readonly random: Random;
  /** Ids to pick from, by collection; some may be gone meanwhile. */
  readonly ids: Map<string, string[]>;
}

const departments = ["Finance", "Sales", "Research", "Legal", "Logistics", "Support"] as const;
const attempts = 20;

/** An entity that is there, by chance; undefined when none was found. */
function pick<T extends Entity>(
  { ids, random }: Churn,
  collection: Collection<T>,
  suits: (entity: T) => boolean = () => true,
): T | undefined {
  let known = ids.get(collection.name);
  if (known === undefined) {
    known = [...collection.values()].map(({ id }) => id);
    ids.set(collection.name, known);
  }
  for (let attempt = 0; attempt < attempts && known.length > 0; attempt += 1) {
    const entity = collection.get(random.pick(known));
    if (entity !== undefined && suits(entity)) return entity;
  }
  return undefined;
}

function remember({ ids }: Churn, { name }: { readonly name: string }, id: string): void {
  ids.get(name)?.push(id);
}

/** Groups whose members people change by hand. */
const isAssigned = ({ groupTypes, properties }: Group): boolean =>
  !groupTypes.includes("DynamicMembership") && properties.onPremisesSyncEnabled !== true;

/** People, not the accounts that hold roles: those the tenant protects. */
const isOrdinary =
  ({ directory }: Churn) =>
  ({ id }: User): boolean =>
    directory.directoryRoleAssignments.by("principalId", id).length === 0;

function createUser(churn: Churn): boolean {
  const { directory, random, tenant } = churn;
  const id = random.guid();
  const userPrincipalName = `new.${id.slice(0, 13)}@${tenant.settings.domain}`;
  directory.users.put({
    id,
    userPrincipalName,
    displayName: `New person ${id.slice(0, 8)}`,
    mail: userPrincipalName,
    accountEnabled: true,
    userType: "Member",
    createdDateTime: instant(tenant.clock.now()),
    managerId: null,
    assignedLicenses: [],
    properties: { mailNickname: userPrincipalName.split("@")[0], department: random.pick(departments) },
  });
  remember(churn, directory.users, id);
  return true;
}

function updateUser(churn: Churn): boolean {
  const { directory, random } = churn;
  const user = pick(churn, directory.users);
  if (user === undefined) return false;
  const which = random.below(3);
  if (which === 0) directory.users.put({ ...user, accountEnabled: !user.accountEnabled });
  else if (which === 1)
    directory.users.put({ ...user, displayName: `${user.displayName} ${random.below(100)}` });
  else {
    const department = `${random.pick(departments)} ${random.below(1_000)}`;
    directory.users.put({ ...user, properties: { ...user.properties, department } });
  }
  return true;
}

function deleteUser(churn: Churn): boolean {
  const { directory, tenant } = churn;
  const user = pick(churn, directory.users, isOrdinary(churn));
  if (user === undefined) return false;
  deleteObject(directory, "user", user, tenant.clock.now());
  return true;
}

function restoreUser(churn: Churn): boolean {
  const { directory, random } = churn;
  const deleted = directory.deletedItems.by("kind", "user");
  if (deleted.length === 0) return false;
  restoreObject(directory, random.pick(deleted));
  return true;
}

function addMember(churn: Churn): boolean {
  const { directory } = churn;
  const group = pick(churn, directory.groups, isAssigned);
  const user = pick(churn, directory.users);
  if (group === undefined || user === undefined) return false;
  const id = `${group.id}:${user.id}`;
  if (directory.memberships.get(id) !== undefined) return false;
  directory.memberships.put({ id, containerId: group.id, memberId: user.id });
  return true;
}

function removeMember(churn: Churn): boolean {
  const { directory, random } = churn;
  const hasMembers = (group: Group): boolean =>
    isAssigned(group) && directory.memberships.by("containerId", group.id).length > 0;
  const group = pick(churn, directory.groups, hasMembers);
  if (group === undefined) return false;
  return directory.memberships.delete(random.pick(directory.memberships.by("containerId", group.id)).id);
}

function createGroup(churn: Churn): boolean {
  const { directory, random, tenant } = churn;
  const id = random.guid();
  const owner = pick(churn, directory.users);
  directory.groups.put({
    id,
    displayName: `New group ${id.slice(0, 8)}`,
    mail: null,
    mailNickname: `new${id.slice(0, 8)}`,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
    isAssignableToRole: false,
    createdDateTime: instant(tenant.clock.now()),
    owners: owner === undefined ? [] : [owner.id],
    properties: {},
  });
  remember(churn, directory.groups, id);
  return true;
}

function updateGroup(churn: Churn): boolean {
  const { directory, random } = churn;
  const group = pick(churn, directory.groups);
  if (group === undefined) return false;
  const description = `Changed ${random.below(1_000_000)}`;
  directory.groups.put({ ...group, properties: { ...group.properties, description } });
  return true;
}

function deleteGroup(churn: Churn): boolean {
  const { directory, tenant } = churn;
  const group = pick(churn, directory.groups, (one) => isAssigned(one) && !one.isAssignableToRole);
  if (group === undefined) return false;
  deleteObject(directory, "group", group, tenant.clock.now());
  return true;
}

/** Makes one change; false when there was nothing to change. */
export const changes: Readonly<Record<ChangeKind, (churn: Churn) => boolean>> = {
  userUpdated: updateUser,
  userCreated: createUser,
  userDeleted: deleteUser,
  userRestored: restoreUser,
  memberAdded: addMember,
  memberRemoved: removeMember,
  groupUpdated: updateGroup,
  groupCreated: createGroup,
  groupDeleted: deleteGroup,
};
