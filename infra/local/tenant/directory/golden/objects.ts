/** Objects without anything to be said against them, from which cases differ in one thing. */

import type { Application, Group, ServicePrincipal, User } from "../model";
import type { Directory } from "../open";
import type { Random } from "../seed/random";

const day = 86_400_000;

/** What golden objects are made in. */
export interface GoldenContext {
  readonly directory: Directory;
  readonly tenantId: string;
  readonly domain: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
}

export const daysBefore = ({ now }: GoldenContext, days: number): string =>
  new Date(now - days * day).toISOString().replace(/\.\d+Z/, "Z");

interface UserChanges {
  readonly guest?: boolean;
  /** Days since the last sign-in; null: never. */
  readonly seen?: number | null;
  readonly mfa?: boolean;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A user that was made a year ago, signed in yesterday and has registered multifactor sign-in. */
export function putUser(context: GoldenContext, name: string, changes: UserChanges = {}): string {
  const { guest = false, seen = 1, mfa = true } = changes;
  const address = `${name}@${guest ? "fabrikam.example" : context.domain}`;
  const user: User = {
    id: context.random.guid(),
    userPrincipalName: guest ? `${address.replace("@", "_")}#EXT#@${context.domain}` : address,
    displayName: name,
    mail: address,
    accountEnabled: true,
    userType: guest ? "Guest" : "Member",
    createdDateTime: daysBefore(context, 365),
    managerId: null,
    assignedLicenses: [],
    properties: {
      mailNickname: name,
      ...(guest && { creationType: "Invitation", externalUserState: "Accepted" }),
      ...(seen !== null && { signInActivity: activity(context, seen) }),
      ...changes.properties,
    },
  };
  context.directory.users.put(user);
  const methods = mfa ? ["microsoftAuthenticatorPush"] : [];
  context.directory.registrations.put({
    id: user.id,
    properties: { isMfaRegistered: mfa, isMfaCapable: mfa, methodsRegistered: methods },
  });
  return user.id;
}

function activity(context: GoldenContext, days: number) {
  const at = daysBefore(context, days);
  const id = context.random.guid();
  return {
    lastSignInDateTime: at,
    lastSignInRequestId: id,
    lastNonInteractiveSignInDateTime: at,
    lastNonInteractiveSignInRequestId: id,
    lastSuccessfulSignInDateTime: at,
    lastSuccessfulSignInRequestId: id,
  };
}

/** A security group with those members. */
export function putGroup(
  context: GoldenContext,
  name: string,
  members: readonly string[],
  isAssignableToRole = false,
): string {
  const group: Group = {
    id: context.random.guid(),
    displayName: name,
    mail: null,
    mailNickname: name,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
    isAssignableToRole,
    createdDateTime: daysBefore(context, 200),
    owners: [],
    properties: {},
  };
  context.directory.groups.put(group);
  for (const memberId of members) {
    context.directory.memberships.put({ id: `${group.id}:${memberId}`, containerId: group.id, memberId });
  }
  return group.id;
}

/** An application with its principal, last used so many days ago; its secret is 100 days old and ends after so many. */
export function putApplication(
  context: GoldenContext,
  name: string,
  choice: {
    readonly owners?: readonly string[];
    readonly secretEnds?: number;
    readonly used?: number;
    readonly permission?: string;
  } = {},
): { readonly application: string; readonly principal: string } {
  const { owners = [], secretEnds = 200, used = 2, permission } = choice;
  const { directory, random, tenantId } = context;
  const [application, appId, principal] = [random.guid(), random.guid(), random.guid()];
  directory.applications.put({
    id: application,
    appId,
    displayName: name,
    owners,
    keyCredentials: [],
    passwordCredentials: [
      {
        keyId: random.guid(),
        displayName: "deployment",
        hint: "abc",
        startDateTime: daysBefore(context, 100),
        endDateTime: daysBefore(context, -secretEnds),
        secretHash: random.guid(),
        addedAt: 0,
      },
    ],
    properties: { createdDateTime: daysBefore(context, 300), signInAudience: "AzureADMyOrg" },
  } satisfies Application);
  directory.servicePrincipals.put({
    id: principal,
    appId,
    displayName: name,
    servicePrincipalType: "Application",
    accountEnabled: true,
    owners: [],
    appRoles: [],
    properties: { appOwnerOrganizationId: tenantId, createdDateTime: daysBefore(context, 300) },
  } satisfies ServicePrincipal);
  const lastSignIn = { lastSignInDateTime: daysBefore(context, used), lastSignInRequestId: random.guid() };
  directory.principalActivities.put({
    id: principal,
    properties: {
      lastSignInActivity: lastSignIn,
      applicationAuthenticationClientSignInActivity: lastSignIn,
    },
  });
  if (permission !== undefined) grant(context, principal, permission);
  return { application, principal };
}

function grant({ directory, random, ...context }: GoldenContext, principalId: string, value: string): void {
  const [graph] = directory.servicePrincipals.by("appId", "00000003-0000-0000-c000-000000000000");
  const role = graph?.appRoles.find((published) => published.value === value);
  if (graph === undefined || role === undefined) throw new Error(`Microsoft Graph has no role ${value}.`);
  directory.appRoleAssignments.put({
    id: Buffer.from(random.guid()).toString("base64url"),
    appRoleId: role.id,
    principalId,
    principalType: "ServicePrincipal",
    resourceId: graph.id,
    createdDateTime: new Date(context.now).toISOString(),
  });
}

/** Gives a directory role tenant-wide. */
export function giveRole({ directory, random }: GoldenContext, principalId: string, role: string): void {
  directory.directoryRoleAssignments.put({
    id: random.guid(),
    principalId,
    roleDefinitionId: role,
    directoryScopeId: "/",
  });
}
