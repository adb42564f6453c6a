/** Administrative units and devices: read only. */
import type { AdministrativeUnit } from "../../directory/model";
import { denied } from "../errors";
import { findObjects } from "../objects";
import { containersOf, membersOf } from "../relations";
import { type GraphRequest, idAt, type Route } from "../request";
import { collectionSource, fixedSource, itemFrom, listOf, required } from "../sources";
import { administrativeUnitType } from "../types/administrative-unit";
import { deviceType } from "../types/device";
import { directoryObjectType } from "../types/directory-object";

/** The unit of the path; the members of one with hidden membership take one permission more. */
function readableUnit(request: GraphRequest): AdministrativeUnit {
  const unit = required(request.directory.administrativeUnits, idAt(request));
  const hidden = unit.properties.visibility === "HiddenMembership";
  if (hidden && !request.caller.roles.includes("Member.Read.Hidden")) throw denied();
  return unit;
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
      return fixedSource(directoryObjectType, () => membersOf(request.directory, id), true);
    }),
  },
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
