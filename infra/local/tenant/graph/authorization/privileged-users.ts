/** Who may touch administrators (Microsoft page "Who can perform sensitive actions" of "Working with users in Microsoft Graph"). */

import { denied } from "../errors";
import { rolesOf } from "../relations";
import type { GraphRequest } from "../request";

const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
const privilegedAuthenticationAdministrator = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13";
const userAdministrator = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const authenticationAdministrator = "c4e39bd9-1100-46d3-8c65-fb160da0071f";
const helpdeskAdministrator = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
const passwordAdministrator = "966707d0-3269-4727-9be2-8c3a10f19b9d";
const directoryReaders = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";
const guestInviter = "95e79109-95c0-4d8e-aee3-d01accf2d47b";
const messageCenterReader = "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b";
const reportsReader = "4a5d8f65-41da-4de4-8968-e035b65339cf";

/** Roles whose holders a User Administrator may still manage. */
const limitedRoles: ReadonlySet<string> = new Set([
  userAdministrator,
  helpdeskAdministrator,
  directoryReaders,
  guestInviter,
  messageCenterReader,
  passwordAdministrator,
  reportsReader,
]);

/** Roles that reset passwords of people without any role. */
const passwordResetters: readonly string[] = [
  globalAdministrator,
  privilegedAuthenticationAdministrator,
  userAdministrator,
  authenticationAdministrator,
  helpdeskAdministrator,
  passwordAdministrator,
];

/** Properties that are sensitive on an administrator's account. */
const sensitive: ReadonlySet<string> = new Set([
  "accountEnabled",
  "businessPhones",
  "mobilePhone",
  "onPremisesImmutableId",
  "otherMails",
  "mail",
  "passwordProfile",
  "userPrincipalName",
]);

/**
 * Throws 403 unless the caller's own directory roles allow the change. An administrator's sensitive properties take a
 * higher role than the administrator's; a password takes a role whoever it belongs to. App roles never suffice.
 */
export function checkSensitiveChange(
  request: GraphRequest,
  userId: string,
  properties: readonly string[],
): void {
  if (properties.includes("passwordProfile")) checkPasswordReset(request, userId);
  if (properties.some((name) => sensitive.has(name))) checkAdministratorChange(request, userId);
}

/** Throws 403 when the user is an administrator whom the caller's directory roles do not reach. */
export function checkAdministratorChange(request: GraphRequest, userId: string): void {
  const targets = rolesOf(request.directory, userId);
  if (targets.size === 0) return;
  const held = rolesOf(request.directory, request.caller.objectId);
  if (held.has(globalAdministrator) || held.has(privilegedAuthenticationAdministrator)) return;
  const limited = [...targets].every((role) => limitedRoles.has(role));
  if (!(limited && held.has(userAdministrator))) throw denied();
}

function checkPasswordReset(request: GraphRequest, userId: string): void {
  const held = rolesOf(request.directory, request.caller.objectId);
  if (!passwordResetters.some((role) => held.has(role))) throw denied();
  if (rolesOf(request.directory, userId).size > 0) checkAdministratorChange(request, userId);
}
