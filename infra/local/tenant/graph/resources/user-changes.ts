/** Users: write (Microsoft pages "Create user", "Update user", "Delete a user"). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { User } from "../../directory/model";
import { checkAdministratorChange, checkSensitiveChange } from "../authorization/privileged-users";
import { badRequest, denied, GraphError, referenceNotFound } from "../errors";
import { readObject, readProperties, referencedId, withValues } from "../odata/body";
import { type GraphRequest, type GraphResponse, graphBase, idAt, noContent, type Route } from "../request";
import { required, show } from "../sources";
import { instant } from "../time";
import { userType } from "../types/user";
import { deleteObject } from "./deletion";
import { checkQuota } from "./quota";

const requiredSchema = z.object({
  displayName: z.string().min(1),
  mailNickname: z.string().min(1),
  userPrincipalName: z.string().regex(/^[^@\s]+@[^@\s]+$/),
  accountEnabled: z.boolean(),
  passwordProfile: z.object({ password: z.string() }),
});

/** Three of four character kinds and eight characters, as the directory asks. */
function checkPassword(profile: unknown): void {
  const parsed = z.object({ password: z.string() }).safeParse(profile);
  if (!parsed.success) return;
  const { password } = parsed.data;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (password.length < 8 || password.length > 256 || kinds < 3) {
    throw badRequest(
      "The specified password does not comply with password complexity requirements. Please provide a different password.",
    );
  }
}

function checkName(request: GraphRequest, userPrincipalName: string, ownId?: string): void {
  const { directory } = request;
  const domain = userPrincipalName.split("@")[1]?.toLowerCase() ?? "";
  if (directory.domains.get(domain) === undefined) {
    throw badRequest(
      "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
    );
  }
  const taken = directory.users.by("userPrincipalName", userPrincipalName).some((user) => user.id !== ownId);
  if (taken)
    throw badRequest("Another object with the same value for property userPrincipalName already exists.");
}

function create(request: GraphRequest): GraphResponse {
  const { directory, tenant } = request;
  checkQuota(directory);
  const parsed = requiredSchema.safeParse(request.body);
  if (!parsed.success) {
    const property = parsed.error.issues[0]?.path[0];
    throw badRequest(`Invalid value specified for property '${String(property)}' of resource 'User'.`);
  }
  const { displayName, userPrincipalName, accountEnabled } = parsed.data;
  // The password is checked and forgotten: nobody signs in as a user here.
  const { passwordProfile, ...values } = readProperties(userType, request.body, "create");
  checkPassword(passwordProfile);
  checkName(request, userPrincipalName);
  const user = withValues<User>(
    {
      id: randomUUID(),
      displayName,
      userPrincipalName,
      accountEnabled,
      mail: null,
      userType: "Member",
      createdDateTime: instant(tenant.clock.now()),
      managerId: null,
      assignedLicenses: [],
      properties: {},
    },
    values,
  );
  directory.users.put(user);
  return show(request, { type: userType, entity: user }, 201);
}

function update(request: GraphRequest): GraphResponse {
  const { directory, caller } = request;
  const user = required(directory.users, idAt(request));
  const { passwordProfile, ...values } = readProperties(userType, request.body, "update");
  const touched = Object.keys(values).concat(passwordProfile === undefined ? [] : ["passwordProfile"]);
  const resets = passwordProfile !== undefined;
  if (
    resets &&
    !["User-PasswordProfile.ReadWrite.All", "User.ReadWrite.All"].some((role) => caller.roles.includes(role))
  ) {
    throw denied();
  }
  checkSensitiveChange(request, user.id, touched);
  checkPassword(passwordProfile);
  if (typeof values.userPrincipalName === "string") checkName(request, values.userPrincipalName, user.id);
  if (values.displayName === null || values.userPrincipalName === null) {
    throw badRequest("Invalid value specified for property 'displayName' of resource 'User'.");
  }
  checkMastered(user, touched);
  directory.users.put(withValues(user, values));
  return noContent;
}

/** Properties of a synced user are changed on-premises; licences, location and account state of the cloud stay open. */
function checkMastered(user: User, touched: readonly string[]): void {
  if (user.properties.onPremisesSyncEnabled !== true) return;
  const open = new Set([
    "usageLocation",
    "passwordPolicies",
    "otherMails",
    "ageGroup",
    "consentProvidedForMinor",
  ]);
  if (touched.every((name) => open.has(name))) return;
  throw badRequest(
    "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
  );
}

function remove(request: GraphRequest): GraphResponse {
  const { directory, tenant } = request;
  const user = required(directory.users, idAt(request));
  checkAdministratorChange(request, user.id);
  deleteObject(directory, "user", user, tenant.clock.now());
  return noContent;
}

function setManager(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const user = required(directory.users, idAt(request));
  const managerId = referencedId(readObject(request.body)["@odata.id"]);
  if (directory.users.get(managerId) === undefined) throw referenceNotFound(managerId);
  if (managerId === user.id) throw badRequest("A user cannot be its own manager.");
  directory.users.put({ ...user, managerId });
  return noContent;
}

function removeManager(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const user = required(directory.users, idAt(request));
  if (user.managerId === null) {
    throw new GraphError(
      404,
      "Request_ResourceNotFound",
      "Resource 'manager' does not exist or one of its queried reference-property objects are not present.",
    );
  }
  directory.users.put({ ...user, managerId: null });
  return noContent;
}

/** Sessions end at once: what was issued before this instant is no longer taken. */
function revokeSessions(request: GraphRequest): GraphResponse {
  const { directory, tenant } = request;
  const user = required(directory.users, idAt(request));
  const signInSessionsValidFromDateTime = instant(tenant.clock.now());
  directory.users.put({ ...user, properties: { ...user.properties, signInSessionsValidFromDateTime } });
  return {
    status: 200,
    body: { "@odata.context": `${graphBase(request)}/$metadata#Edm.Boolean`, value: true },
  };
}

export const userChangeRoutes: readonly Route[] = [
  { method: "POST", path: "/users", handle: create },
  { method: "PATCH", path: "/users/{id}", handle: update },
  { method: "DELETE", path: "/users/{id}", handle: remove },
  { method: "PUT", path: "/users/{id}/manager/$ref", handle: setManager },
  { method: "DELETE", path: "/users/{id}/manager/$ref", handle: removeManager },
  { method: "POST", path: "/users/{id}/revokeSignInSessions", handle: revokeSessions },
  { method: "POST", path: "/users/{id}/invalidateAllRefreshTokens", handle: revokeSessions },
];
