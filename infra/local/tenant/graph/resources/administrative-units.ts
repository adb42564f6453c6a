/** Administrative units, whose members can be changed, and devices: read only. */
import type { AdministrativeUnit } from "../../directory/model";
import { badRequest, denied, notFound, referenceNotFound } from "../errors";
import { findObject, findObjects } from "../objects";
import { readObject, referencedId } from "../odata/body";
import { containersOf } from "../relations";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { collectionSource, fixedSource, itemFrom, listOf, memberSource, required, show } from "../sources";
import { administrativeUnitType } from "../types/administrative-unit";
import { deviceType } from "../types/device";
import { directoryObjectType } from "../types/directory-object";
import { groupType } from "../types/group";
import { createGroup } from "./groups";
import { duplicateReference } from "./owners";

/** The unit of the path; the members of one with hidden membership take one permission more. */
function readableUnit(request: GraphRequest): AdministrativeUnit {
  const unit = required(request.directory.administrativeUnits, idAt(request));
  const hidden = unit.properties.visibility === "HiddenMembership";
  if (hidden && !request.caller.roles.includes("Member.Read.Hidden")) throw denied();
  return unit;
}

const memberTypes: ReadonlySet<string> = new Set(["user", "group", "device"]);

/** Puts an object that exists into the unit (page "Add a member"). */
function addReference(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const unit = required(directory.administrativeUnits, idAt(request));
  const memberId = referencedId(readObject(request.body)["@odata.id"]);
  const member = findObject(directory, memberId);
  if (member === undefined) throw referenceNotFound(memberId);
  if (!memberTypes.has(member.type.name)) {
    throw badRequest("Invalid reference: an object of this type cannot be a member of this unit.");
  }
  if (directory.memberships.get(`${unit.id}:${memberId}`) !== undefined) throw duplicateReference("members");
  directory.memberships.put({ id: `${unit.id}:${memberId}`, containerId: unit.id, memberId });
  return noContent;
}

/** Makes a group inside the unit: the body is the group's. Objects of other types are made outside and then added. */
function createInside(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const unit = required(directory.administrativeUnits, idAt(request));
  if (readObject(request.body)["@odata.type"] !== "#microsoft.graph.group") {
    throw badRequest(
      "Only an object of type '#microsoft.graph.group' can be created in an administrative unit.",
    );
  }
  const group = createGroup(request);
  directory.memberships.put({ id: `${unit.id}:${group.id}`, containerId: unit.id, memberId: group.id });
  return show(request, { type: groupType, entity: group }, 201, true);
}

function removeReference(request: GraphRequest): GraphResponse {
  const unit = required(request.directory.administrativeUnits, idAt(request));
  const member = idAt(request, 1);
  if (!request.directory.memberships.delete(`${unit.id}:${member}`)) throw notFound(member);
  return noContent;
}

const units = "/directory/administrativeUnits";

export const administrativeUnitRoutes: readonly Route[] = [
  {
    method: "GET",
    path: units,
    handle: listOf((request) =>
      collectionSource(request, request.directory.administrativeUnits, administrativeUnitType),
    ),
  },
  {
    method: "GET",
    path: `${units}/{id}`,
    handle: itemFrom((request) => request.directory.administrativeUnits, administrativeUnitType),
  },
  {
    method: "GET",
    path: `${units}/{id}/members`,
    handle: listOf((request) => {
      const { id } = readableUnit(request);
      return memberSource(request.directory, id);
    }),
  },
  { method: "POST", path: `${units}/{id}/members`, handle: createInside },
  { method: "POST", path: `${units}/{id}/members/$ref`, handle: addReference },
  { method: "DELETE", path: `${units}/{id}/members/{id}/$ref`, handle: removeReference },
];

export const deviceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/devices",
    handle: listOf((request) =>
      collectionSource(request, request.directory.devices, deviceType, { indexed: ["deviceId"] }),
    ),
  },
  {
    method: "GET",
    path: "/devices/{id}",
    handle: itemFrom((request) => request.directory.devices, deviceType),
  },
  ...["registeredOwners", "registeredUsers"].map(
    (navigation): Route => ({
      method: "GET",
      path: `/devices/{id}/${navigation}`,
      handle: listOf((request) => {
        const { owners } = required(request.directory.devices, idAt(request));
        return fixedSource(directoryObjectType, () => findObjects(request.directory, owners), true);
      }),
    }),
  ),
  {
    method: "GET",
    path: "/devices/{id}/memberOf",
    handle: listOf((request) => {
      const { id } = required(request.directory.devices, idAt(request));
      return fixedSource(directoryObjectType, () => containersOf(request.directory, id), true);
    }),
  },
];
