/** Users: read (Microsoft pages "List users", "Get a user") and what hangs on a user. */
import type { User } from "../../directory/model";
import type { Item } from "../entity-type";
import { GraphError } from "../errors";
import { findObject } from "../objects";
import { list } from "../odata/list";
import { containersOf, transitiveContainersOf } from "../relations";
import { type GraphRequest, type GraphResponse, idAt, type Route } from "../request";
import { collectionSource, fixedSource, itemsOf, listOf, required, show } from "../sources";
import { deviceType } from "../types/device";
import { directoryObjectType } from "../types/directory-object";
import { licenseDetailsType } from "../types/license";
import { userType } from "../types/user";
import { licenseDetailsOf, requirePremium } from "./licenses";
import { ownedBy } from "./service-principals";

/** With sign-in activity a page holds at most 500 users. */
const withActivity = { ...userType, page: { default: 100, maximum: 500 } };

/** Sign-in activity takes one permission more and a paid licence of the tenant. */
function checkSignInActivity(request: GraphRequest): boolean {
  const { select, filter } = request.query;
  const asked =
    select?.some((name) => name.split("/")[0] === "signInActivity") === true ||
    JSON.stringify(filter ?? null).includes('"signInActivity"');
  if (!asked) return false;
  if (!request.caller.roles.includes("AuditLog.Read.All")) throw permissionMissing("AuditLog.Read.All");
  requirePremium(request);
  return true;
}

/** 403 of the services behind Graph that name the permission they miss. */
const permissionMissing = (permission: string): GraphError =>
  new GraphError(
    403,
    "Authentication_MSGraphPermissionMissing",
    `Calling principal does not have required MSGraph permissions ${permission}`,
  );

function listUsers(request: GraphRequest): GraphResponse {
  const type = checkSignInActivity(request) ? withActivity : userType;
  return list(
    request,
    collectionSource(request, request.directory.users, type, {
      indexed: ["userPrincipalName", "displayName"],
    }),
  );
}

function getUser(request: GraphRequest): GraphResponse {
  checkSignInActivity(request);
  return show(request, { type: userType, entity: userOf(request) });
}

const userOf = (request: GraphRequest): User => required(request.directory.users, idAt(request));

function getManager(request: GraphRequest): GraphResponse {
  const { managerId } = userOf(request);
  const manager = managerId === null ? undefined : findObject(request.directory, managerId);
  if (manager === undefined) {
    throw new GraphError(
      404,
      "Request_ResourceNotFound",
      "Resource 'manager' does not exist or one of its queried reference-property objects are not present.",
    );
  }
  return show(request, manager, 200, true);
}

/** A list of objects of any type that hang on the user. */
function related(path: string, items: (request: GraphRequest, user: User) => Iterable<Item>): Route {
  return {
    method: "GET",
    path: `/users/{id}/${path}`,
    handle: listOf((request) => {
      const user = userOf(request);
      return fixedSource(directoryObjectType, () => items(request, user), true);
    }),
  };
}

export const userRoutes: readonly Route[] = [
  { method: "GET", path: "/users", handle: listUsers },
  { method: "GET", path: "/users/{id}", handle: getUser },
  { method: "GET", path: "/users/{id}/manager", handle: getManager },
  related("memberOf", ({ directory }, user) => containersOf(directory, user.id)),
  related("transitiveMemberOf", ({ directory }, user) => transitiveContainersOf(directory, user.id)),
  related("directReports", ({ directory }, user) =>
    itemsOf(userType, directory.users.by("managerId", user.id)),
  ),
  related("ownedObjects", ({ directory }, user) => ownedBy(directory, user.id)),
  related("ownedDevices", ({ directory }, user) =>
    itemsOf(deviceType, directory.devices.by("owner", user.id)),
  ),
  {
    method: "GET",
    path: "/users/{id}/licenseDetails",
    handle: listOf((request) => {
      const details = licenseDetailsOf(request.directory, userOf(request));
      return fixedSource(licenseDetailsType, () => itemsOf(licenseDetailsType, details));
    }),
  },
];
