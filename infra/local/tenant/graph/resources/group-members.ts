/** Members of groups (Microsoft pages "Add members", "Remove member", "List group members"). */
import type { Group } from "../../directory/model";
import type { Item } from "../entity-type";
import { badRequest, denied, notFound, referenceNotFound } from "../errors";
import { findObject } from "../objects";
import { readObject, referencedId } from "../odata/body";
import { transitiveMembersOf } from "../relations";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { fixedSource, listOf, memberSource, required } from "../sources";
import { directoryObjectType } from "../types/directory-object";
import { duplicateReference } from "./owners";

const memberTypes: ReadonlySet<string> = new Set(["user", "group", "servicePrincipal", "device"]);

/** Throws unless the members of the group may be changed through Graph by this caller. */
export function checkMembershipChange(request: GraphRequest, group: Group): void {
  if (group.isAssignableToRole && !request.caller.roles.includes("RoleManagement.ReadWrite.Directory"))
    throw denied();
  if (group.properties.onPremisesSyncEnabled === true) {
    throw badRequest(
      "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
    );
  }
  if (group.mailEnabled && !group.groupTypes.includes("Unified")) {
    throw badRequest("Cannot Update a mail-enabled security groups and or distribution list.");
  }
  if (group.groupTypes.includes("DynamicMembership")) {
    throw badRequest(
      "Insufficient privileges to complete the operation: the members of a dynamic group follow its rule.",
    );
  }
}

/** Adds one member; throws 400 when it does not exist, can't be one, or is one already. */
export function addMember(request: GraphRequest, group: Group, memberId: string): void {
  const { directory } = request;
  const member = findObject(directory, memberId);
  if (member === undefined) throw referenceNotFound(memberId);
  const unifiedTakesUsers = group.groupTypes.includes("Unified") && member.type.name !== "user";
  if (!memberTypes.has(member.type.name) || unifiedTakesUsers || memberId === group.id) {
    throw badRequest("Invalid reference: an object of this type cannot be a member of this group.");
  }
  const id = `${group.id}:${memberId}`;
  if (directory.memberships.get(id) !== undefined) throw duplicateReference("members");
  directory.memberships.put({ id, containerId: group.id, memberId });
}

function add(request: GraphRequest): GraphResponse {
  const group = required(request.directory.groups, idAt(request));
  checkMembershipChange(request, group);
  addMember(request, group, referencedId(readObject(request.body)["@odata.id"]));
  return noContent;
}

function remove(request: GraphRequest): GraphResponse {
  const group = required(request.directory.groups, idAt(request));
  checkMembershipChange(request, group);
  const member = idAt(request, 1);
  if (!request.directory.memberships.delete(`${group.id}:${member}`)) throw notFound(member);
  return noContent;
}

/** v1.0 does not list service principals among the members of a group; beta does (known issue of the API). */
const isShown = ({ version }: GraphRequest, member: Item): boolean =>
  version !== "v1.0" || member.type.name !== "servicePrincipal";

function* shownMembers(request: GraphRequest, members: Iterable<Item>): Generator<Item> {
  for (const member of members) if (isShown(request, member)) yield member;
}

/** Members of a group with hidden membership take one permission more. */
function readableGroup(request: GraphRequest): Group {
  const group = required(request.directory.groups, idAt(request));
  if (
    group.properties.visibility === "HiddenMembership" &&
    !request.caller.roles.includes("Member.Read.Hidden")
  ) {
    throw denied();
  }
  return group;
}

export const groupMemberRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/groups/{id}/members",
    handle: listOf((request) => {
      const { id } = readableGroup(request);
      return memberSource(request.directory, id, (member) => isShown(request, member));
    }),
  },
  {
    method: "GET",
    path: "/groups/{id}/transitiveMembers",
    handle: listOf((request) => {
      const { id } = readableGroup(request);
      const items = () => shownMembers(request, transitiveMembersOf(request.directory, id));
      return fixedSource(directoryObjectType, items, true);
    }),
  },
  { method: "POST", path: "/groups/{id}/members/$ref", handle: add },
  { method: "DELETE", path: "/groups/{id}/members/{id}/$ref", handle: remove },
];
