/** The relations of an object as delta queries show them. */
import type { Entity } from "../../core/types";
import type { TrackedLink } from "../../directory/changes";
import type { Directory } from "../../directory/open";
import { findObject } from "../objects";
import type { GraphRequest } from "../request";
import { roleMembers } from "../types/directory-role";
import type { DeltaResource } from "./resources";

/** One end of a relation. */
export interface ShownLink {
  readonly "@odata.type": string;
  readonly id: string;
  readonly "@removed"?: { readonly reason: "deleted" };
}

/** A part of an object's members, and the place after which the rest begins. */
export interface MemberSlice {
  /** Each as JSON. */
  readonly members: readonly string[];
  readonly rest: number | undefined;
}

export const shownLink = (type: string, id: string): ShownLink => ({
  "@odata.type": `#microsoft.graph.${type}`,
  id,
});

/** Ids and type names hold no sign that JSON escapes. */
const linkText = (type: string, id: string): string =>
  `{"@odata.type":"#microsoft.graph.${type}","id":"${id}"}`;

/** At most so many members from a place on. Members are read in order of joining, without those before. */
export function membersFrom(
  directory: Directory,
  resource: DeltaResource,
  entity: Entity,
  place: number,
  limit: number,
): MemberSlice {
  if (resource.tracked === "directoryRole" && "roleTemplateId" in entity) {
    const all = [...roleMembers(directory, String(entity.roleTemplateId))];
    const members = all.slice(place, place + limit).map((item) => linkText(item.type.name, item.entity.id));
    return { members, rest: place + limit < all.length ? place + limit : undefined };
  }
  const members: string[] = [];
  let last = "";
  for (const membership of directory.memberships.byAfter("containerId", entity.id, place)) {
    if (members.length === limit) return { members, rest: directory.memberships.position(last) };
    last = membership.id;
    members.push(linkText(memberType(directory, membership.memberId), membership.memberId));
  }
  return { members, rest: undefined };
}

/** Nearly every member is a user: asked first. */
const memberType = (directory: Directory, id: string): string =>
  directory.users.get(id) === undefined
    ? (findObject(directory, id)?.type.name ?? "directoryObject")
    : "user";

/** Owners or manager of an object: few enough to be shown at once. */
export function smallLinks(directory: Directory, entity: Entity, link: TrackedLink): readonly ShownLink[] {
  return linkedIds(entity, link).map((id) =>
    shownLink(findObject(directory, id)?.type.name ?? "directoryObject", id),
  );
}

/** Whether the relation holds now. */
export function isLinked(directory: Directory, entity: Entity, link: TrackedLink, targetId: string): boolean {
  if (link !== "members") return linkedIds(entity, link).includes(targetId);
  if (!("roleTemplateId" in entity))
    return directory.memberships.get(`${entity.id}:${targetId}`) !== undefined;
  return directory.directoryRoleAssignments
    .by("principalId", targetId)
    .some((held) => held.roleDefinitionId === entity.roleTemplateId && held.directoryScopeId === "/");
}

function linkedIds(entity: Entity, link: TrackedLink): readonly string[] {
  if (link === "owners" && "owners" in entity && Array.isArray(entity.owners)) return entity.owners;
  if (link === "manager" && "managerId" in entity && typeof entity.managerId === "string")
    return [entity.managerId];
  return [];
}

/** Members of a group or unit with hidden membership take one permission more; without it they are left out. */
export function mayReadMembers(request: GraphRequest, entity: Entity): boolean {
  const properties = "properties" in entity ? entity.properties : undefined;
  const hidden =
    typeof properties === "object" &&
    properties !== null &&
    "visibility" in properties &&
    properties.visibility === "HiddenMembership";
  return !hidden || request.caller.roles.includes("Member.Read.Hidden");
}
