/** Finds directory objects of any type by id. */
import type { Directory } from "../directory/open";
import type { Item } from "./entity-type";
import { notFound } from "./errors";
import { administrativeUnitType } from "./types/administrative-unit";
import { applicationType } from "./types/application";
import { deviceType } from "./types/device";
import { directoryRoleType } from "./types/directory-role";
import { groupType } from "./types/group";
import { servicePrincipalType } from "./types/service-principal";
import { userType } from "./types/user";

/** The object with that id and its type; undefined when there is none (or it was deleted). */
export function findObject(directory: Directory, id: string): Item | undefined {
  const user = directory.users.get(id);
  if (user !== undefined) return { type: userType, entity: user };
  const places = [
    [groupType, directory.groups],
    [servicePrincipalType, directory.servicePrincipals],
    [applicationType, directory.applications],
    [deviceType, directory.devices],
    [administrativeUnitType, directory.administrativeUnits],
    [directoryRoleType, directory.directoryRoles],
  ] as const;
  for (const [type, collection] of places) {
    const entity = collection.get(id);
    if (entity !== undefined) return { type, entity };
  }
  return undefined;
}

/** The objects that exist among the ids, in their order. */
export function* findObjects(directory: Directory, ids: Iterable<string>): Generator<Item> {
  for (const id of ids) {
    const item = findObject(directory, id);
    if (item !== undefined) yield item;
  }
}

/** Turns `appId='…'` and a user principal name into the object id; throws 404 when nobody has it. */
export function resolveAlternateKey(directory: Directory, path: string, key: string): string {
  const [, name, value = ""] = /^(\w+)='(.*)'$/.exec(key) ?? [];
  const property = name?.toLowerCase();
  const collection = path.split("/")[1]?.toLowerCase();
  if (collection === "users" && property === undefined && key.includes("@")) {
    return directory.users.by("userPrincipalName", key)[0]?.id ?? key;
  }
  if (property === undefined) return key;
  const found =
    collection === "applications" && property === "appid"
      ? directory.applications.by("appId", value)
      : collection === "serviceprincipals" && property === "appid"
        ? directory.servicePrincipals.by("appId", value)
        : collection === "devices" && property === "deviceid"
          ? directory.devices.by("deviceId", value)
          : [];
  const [object] = found;
  if (object === undefined) throw notFound(value);
  return object.id;
}
