/** Groups: read and write (Microsoft pages "Create group", "Update group", "Delete group"). */
import { randomUUID } from "node:crypto";
import type { Group } from "../../directory/model";
import { badRequest, denied } from "../errors";
import { boundIds, readProperties, withValues } from "../odata/body";
import { containersOf, transitiveContainersOf } from "../relations";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { collectionSource, fixedSource, itemFrom, listOf, required, show } from "../sources";
import { instant } from "../time";
import { directoryObjectType } from "../types/directory-object";
import { groupType } from "../types/group";
import { deleteObject } from "./deletion";
import { addMember, checkMembershipChange } from "./group-members";
import { checkOwners } from "./owners";
import { checkQuota } from "./quota";

const isUnified = (groupTypes: unknown): boolean =>
  Array.isArray(groupTypes) && groupTypes.includes("Unified");

const create = (request: GraphRequest): GraphResponse =>
  show(request, { type: groupType, entity: createGroup(request) }, 201);

/** Stores the group of the request's body. */
export function createGroup(request: GraphRequest): Group {
  const { directory, tenant, caller } = request;
  checkQuota(directory);
  const values = readProperties(groupType, request.body, "create");
  const { displayName, mailNickname, mailEnabled, securityEnabled, groupTypes, isAssignableToRole } = values;
  if (typeof displayName !== "string" || typeof mailNickname !== "string" || displayName === "") {
    throw badRequest(
      "A value is required for property 'displayName' and 'mailNickname' of resource 'Group'.",
    );
  }
  if (typeof mailEnabled !== "boolean" || typeof securityEnabled !== "boolean") {
    throw badRequest(
      "A value is required for property 'mailEnabled' and 'securityEnabled' of resource 'Group'.",
    );
  }
  if (mailEnabled !== isUnified(groupTypes)) {
    throw badRequest(
      "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.",
    );
  }
  if (isAssignableToRole === true && !caller.roles.includes("RoleManagement.ReadWrite.Directory"))
    throw denied();
  const owners = boundIds(request.body, "owners");
  checkOwners(directory, owners);
  const now = instant(tenant.clock.now());
  const group = withValues<Group>(
    {
      id: randomUUID(),
      displayName,
      mail: mailEnabled ? `${mailNickname}@${tenant.settings.domain}` : null,
      mailNickname,
      mailEnabled,
      securityEnabled,
      groupTypes: [],
      isAssignableToRole: isAssignableToRole === true,
      createdDateTime: now,
      owners,
      properties: { renewedDateTime: now },
    },
    { ...values, isAssignableToRole: isAssignableToRole === true },
  );
  directory.groups.put(group);
  for (const id of boundIds(request.body, "members")) addMember(request, group, id);
  return group;
}

function update(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const group = required(directory.groups, idAt(request));
  const members = boundIds(request.body, "members");
  if (members.length > 20) throw badRequest("At most 20 members can be added in one request.");
  const values = readProperties(groupType, request.body, "update");
  if (Object.keys(values).length > 0) {
    checkChangeable(group);
    if (values.displayName === null || values.displayName === "") {
      throw badRequest("Invalid value specified for property 'displayName' of resource 'Group'.");
    }
    directory.groups.put(withValues(group, values));
  }
  if (members.length > 0) {
    checkMembershipChange(request, group);
    for (const id of members) addMember(request, group, id);
  }
  return noContent;
}

/** Groups that another system masters can't be written through Graph. */
function checkChangeable(group: Group): void {
  if (group.properties.onPremisesSyncEnabled === true) {
    throw badRequest(
      "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
    );
  }
  if (group.mailEnabled && !isUnified(group.groupTypes)) {
    throw badRequest("Cannot Update a mail-enabled security groups and or distribution list.");
  }
}

function remove(request: GraphRequest): GraphResponse {
  const { directory, tenant, caller } = request;
  const group = required(directory.groups, idAt(request));
  checkChangeable(group);
  if (group.isAssignableToRole && !caller.roles.includes("RoleManagement.ReadWrite.Directory"))
    throw denied();
  // Microsoft 365 groups are kept for 30 days; this tenant keeps security groups too, as the service does since 2025.
  deleteObject(directory, "group", group, tenant.clock.now());
  return noContent;
}

export const groupRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/groups",
    handle: listOf((request) =>
      collectionSource(request, request.directory.groups, groupType, {
        indexed: ["displayName", "mailNickname"],
      }),
    ),
  },
  { method: "POST", path: "/groups", handle: create },
  { method: "GET", path: "/groups/{id}", handle: itemFrom((request) => request.directory.groups, groupType) },
  { method: "PATCH", path: "/groups/{id}", handle: update },
  { method: "DELETE", path: "/groups/{id}", handle: remove },
  {
    method: "GET",
    path: "/groups/{id}/memberOf",
    handle: listOf((request) => {
      const { id } = required(request.directory.groups, idAt(request));
      return fixedSource(directoryObjectType, () => containersOf(request.directory, id), true);
    }),
  },
  {
    method: "GET",
    path: "/groups/{id}/transitiveMemberOf",
    handle: listOf((request) => {
      const { id } = required(request.directory.groups, idAt(request));
      return fixedSource(directoryObjectType, () => transitiveContainersOf(request.directory, id), true);
    }),
  },
];
