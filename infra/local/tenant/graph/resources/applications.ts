/** Applications (Microsoft pages "Create application", "Update application", "Delete application"). */
import { randomUUID } from "node:crypto";
import type { Application } from "../../directory/model";
import { badRequest } from "../errors";
import { boundIds, readProperties, withValues } from "../odata/body";
import { ownsRegistration } from "../ownership";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { collectionSource, itemFrom, listOf, required, show } from "../sources";
import { instant } from "../time";
import { applicationType } from "../types/application";
import { newPassword, passwordRequests } from "./application-passwords";
import { checkApplication } from "./application-rules";
import { deleteObject } from "./deletion";
import { replaceKeys } from "./key-credentials";
import { checkOwners } from "./owners";
import { checkQuota } from "./quota";
import { mirrorApplication } from "./service-principal-mirror";

const listed = (request: GraphRequest) =>
  collectionSource(request, request.directory.applications, applicationType, {
    indexed: ["appId", "displayName"],
    where: (application) =>
      request.reach !== "owned" ||
      ownsRegistration(request.directory, request.caller.objectId, application.appId),
  });

function create(request: GraphRequest): GraphResponse {
  const { directory, tenant, caller } = request;
  checkQuota(directory);
  const { displayName, passwordCredentials, keyCredentials, ...values } = readProperties(
    applicationType,
    request.body,
    "create",
  );
  if (typeof displayName !== "string" || displayName === "") {
    throw badRequest("Property displayName in payload is required.");
  }
  const owners = new Set(boundIds(request.body, "owners"));
  // The permission reaches owned objects only, so the service makes the caller an owner of what it creates.
  if (request.reach === "owned") owners.add(caller.objectId);
  checkOwners(directory, [...owners]);
  const added = passwordRequests(passwordCredentials).map((wanted) =>
    newPassword(wanted, tenant.clock.now()),
  );
  const empty: Application = {
    id: randomUUID(),
    appId: randomUUID(),
    displayName,
    passwordCredentials: added.map(({ credential }) => credential),
    keyCredentials: replaceKeys([], keyCredentials, tenant.clock.now()),
    owners: [...owners],
    properties: { createdDateTime: instant(tenant.clock.now()), publisherDomain: tenant.settings.domain },
  };
  const application = withValues(empty, values);
  checkApplication(directory, application);
  directory.applications.put(application);
  const response = show(request, { type: applicationType, entity: application }, 201);
  // The only time that the text of an inline password is seen.
  const shown = added.map(({ shown: password }) => password);
  return {
    ...response,
    body: { ...asRecord(response.body), ...(shown.length > 0 && { passwordCredentials: shown }) },
  };
}

const asRecord = (body: unknown): object => (typeof body === "object" && body !== null ? body : {});

function update(request: GraphRequest): GraphResponse {
  const { directory, tenant } = request;
  const current = required(directory.applications, idAt(request));
  const { keyCredentials, passwordCredentials, ...values } = readProperties(
    applicationType,
    request.body,
    "update",
  );
  if (passwordCredentials !== undefined) {
    throw badRequest(
      "Updates to passwordCredentials are not supported here. Use addPassword and removePassword.",
    );
  }
  const changed: Application = {
    ...withValues(current, values),
    ...(keyCredentials !== undefined && {
      keyCredentials: replaceKeys(current.keyCredentials, keyCredentials, tenant.clock.now()),
    }),
  };
  checkApplication(directory, changed, current);
  directory.applications.put(changed);
  mirrorApplication(directory, changed);
  return noContent;
}

function remove(request: GraphRequest): GraphResponse {
  const { directory, tenant } = request;
  const application = required(directory.applications, idAt(request));
  // Deleting an application in its home tenant deletes its service principal too.
  for (const principal of directory.servicePrincipals.by("appId", application.appId)) {
    deleteObject(directory, "servicePrincipal", principal, tenant.clock.now());
  }
  deleteObject(directory, "application", application, tenant.clock.now());
  return noContent;
}

export const applicationRoutes: readonly Route[] = [
  { method: "GET", path: "/applications", handle: listOf(listed) },
  { method: "POST", path: "/applications", handle: create },
  {
    method: "GET",
    path: "/applications/{id}",
    handle: itemFrom((request) => request.directory.applications, applicationType),
  },
  { method: "PATCH", path: "/applications/{id}", handle: update },
  { method: "DELETE", path: "/applications/{id}", handle: remove },
];
