/** Service principals (Microsoft pages "Create serviceprincipal", "Update servicePrincipal", "Delete servicePrincipal"). */
import { isFirstParty } from "../../directory/first-party";
import type { ServicePrincipal } from "../../directory/model";
import { badRequest, denied, GraphError } from "../errors";
import { findObjects } from "../objects";
import { boundIds, readObject, readProperties, withValues } from "../odata/body";
import { ownsRegistration } from "../ownership";
import { containersOf, transitiveContainersOf } from "../relations";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { collectionSource, fixedSource, itemFrom, itemsOf, listOf, required, show } from "../sources";
import { applicationType } from "../types/application";
import { directoryObjectType } from "../types/directory-object";
import { permissionGrantType } from "../types/permission-grant";
import { servicePrincipalType } from "../types/service-principal";
import { deleteObject } from "./deletion";
import { checkOwners } from "./owners";
import { checkQuota } from "./quota";
import { principalFor } from "./service-principal-creation";

const listed = (request: GraphRequest) =>
  collectionSource(request, request.directory.servicePrincipals, servicePrincipalType, {
    indexed: ["appId", "displayName"],
    where: (principal) =>
      request.reach !== "owned" ||
      ownsRegistration(request.directory, request.caller.objectId, principal.appId),
  });

function create(request: GraphRequest): GraphResponse {
  const { directory, caller } = request;
  checkQuota(directory);
  const { appId } = readObject(request.body);
  if (typeof appId !== "string") throw badRequest("Property appId in payload is required.");
  if (directory.servicePrincipals.by("appId", appId).length > 0) {
    throw new GraphError(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  const owners = new Set(boundIds(request.body, "owners"));
  if (request.reach === "owned") owners.add(caller.objectId);
  checkOwners(directory, [...owners]);
  const { appId: _, ...values } = readProperties(servicePrincipalType, request.body, "create");
  const principal: ServicePrincipal = {
    ...withValues(principalFor(request, appId), values),
    owners: [...owners],
  };
  directory.servicePrincipals.put(principal);
  return show(request, { type: servicePrincipalType, entity: principal }, 201);
}

function update(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const current = required(directory.servicePrincipals, idAt(request));
  const { appId: _, ...values } = readProperties(servicePrincipalType, withoutAppId(request.body), "update");
  directory.servicePrincipals.put(withValues(current, values));
  return noContent;
}

/** Clients repeat the appId in a PATCH; it never changes. */
function withoutAppId(body: unknown): unknown {
  const { appId: _, ...rest } = readObject(body);
  return rest;
}

function remove(request: GraphRequest): GraphResponse {
  const { directory, tenant } = request;
  const principal = required(directory.servicePrincipals, idAt(request));
  if (isFirstParty(principal)) {
    throw denied("Microsoft first party applications cannot be deleted by customers.");
  }
  if (principal.servicePrincipalType === "ManagedIdentity") {
    throw badRequest("Managed identity service principals are deleted with their Azure resource.");
  }
  deleteObject(directory, "servicePrincipal", principal, tenant.clock.now());
  return noContent;
}

function related(
  path: string,
  items: (request: GraphRequest, id: string) => ReturnType<typeof fixedSource>,
): Route {
  return {
    method: "GET",
    path: `/servicePrincipals/{id}/${path}`,
    handle: listOf((request) => {
      required(request.directory.servicePrincipals, idAt(request));
      return items(request, idAt(request));
    }),
  };
}

export const servicePrincipalRoutes: readonly Route[] = [
  { method: "GET", path: "/servicePrincipals", handle: listOf(listed) },
  { method: "POST", path: "/servicePrincipals", handle: create },
  {
    method: "GET",
    path: "/servicePrincipals/{id}",
    handle: itemFrom((request) => request.directory.servicePrincipals, servicePrincipalType),
  },
  { method: "PATCH", path: "/servicePrincipals/{id}", handle: update },
  { method: "DELETE", path: "/servicePrincipals/{id}", handle: remove },
  related("memberOf", ({ directory }, id) =>
    fixedSource(directoryObjectType, () => containersOf(directory, id), true),
  ),
  related("transitiveMemberOf", ({ directory }, id) =>
    fixedSource(directoryObjectType, () => transitiveContainersOf(directory, id), true),
  ),
  related("oauth2PermissionGrants", ({ directory }, id) =>
    fixedSource(permissionGrantType, () =>
      itemsOf(permissionGrantType, directory.permissionGrants.by("clientId", id)),
    ),
  ),
  related("ownedObjects", ({ directory }, id) =>
    fixedSource(directoryObjectType, () => ownedBy(directory, id), true),
  ),
  related("delegatedPermissionClassifications", () => fixedSource(directoryObjectType, () => [])),
];

/** Everything that lists the object among its owners. */
export function* ownedBy(directory: GraphRequest["directory"], id: string) {
  const owned = <T extends { readonly id: string; readonly owners: readonly string[] }>(all: Iterable<T>) =>
    [...all].filter((entity) => entity.owners.includes(id));
  yield* itemsOf(applicationType, owned(directory.applications.values()));
  yield* itemsOf(servicePrincipalType, owned(directory.servicePrincipals.values()));
  yield* findObjects(
    directory,
    owned(directory.groups.values()).map((group) => group.id),
  );
}
