/** What Graph answers delta queries for (page "Use delta query to track changes in Microsoft Graph data"). */
import type { Collection, Entity } from "../../core/types";
import type { TrackedLink, TrackedType } from "../../directory/changes";
import type { Directory } from "../../directory/open";
import type { EntityType } from "../entity-type";
import { administrativeUnitType } from "../types/administrative-unit";
import { applicationType } from "../types/application";
import { deviceType } from "../types/device";
import { directoryRoleType } from "../types/directory-role";
import { groupType } from "../types/group";
import { permissionGrantType } from "../types/permission-grant";
import { orgContactType } from "../types/plain";
import { servicePrincipalType } from "../types/service-principal";
import { userType } from "../types/user";

/** One kind of object that can be followed. */
export interface DeltaResource {
  /** Path of the collection below the version. */
  readonly path: string;
  readonly tracked: TrackedType;
  readonly type: EntityType;
  readonly collection: (directory: Directory) => Collection<Entity>;
  /** Relations that `$select` may name. */
  readonly links: readonly TrackedLink[];
  /** Relations that are followed when nothing is selected. */
  readonly defaultLinks: readonly TrackedLink[];
}

const follow = (
  path: string,
  tracked: TrackedType,
  type: EntityType,
  collection: (directory: Directory) => unknown,
  links: readonly TrackedLink[] = [],
  defaultLinks: readonly TrackedLink[] = [],
): DeltaResource => ({
  path,
  tracked,
  type,
  // Delta queries only read entities and pair them with their own type.
  collection: collection as DeltaResource["collection"],
  links,
  defaultLinks,
});

export const deltaResources: readonly DeltaResource[] = [
  follow("/users", "user", userType, (directory) => directory.users, ["manager"]),
  follow("/groups", "group", groupType, (directory) => directory.groups, ["members", "owners"], ["members"]),
  follow("/applications", "application", applicationType, (directory) => directory.applications),
  follow(
    "/servicePrincipals",
    "servicePrincipal",
    servicePrincipalType,
    (directory) => directory.servicePrincipals,
  ),
  follow("/devices", "device", deviceType, (directory) => directory.devices),
  follow(
    "/directory/administrativeUnits",
    "administrativeUnit",
    administrativeUnitType,
    (directory) => directory.administrativeUnits,
    ["members"],
    ["members"],
  ),
  follow(
    "/directoryRoles",
    "directoryRole",
    directoryRoleType,
    (directory) => directory.directoryRoles,
    ["members"],
    ["members"],
  ),
  follow("/contacts", "orgContact", orgContactType, (directory) => directory.contacts),
  follow(
    "/oauth2PermissionGrants",
    "oAuth2PermissionGrant",
    permissionGrantType,
    (directory) => directory.permissionGrants,
  ),
];
