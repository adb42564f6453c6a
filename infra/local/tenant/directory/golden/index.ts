/** A small directory of which every weakness is known: each metric must find exactly its cases. */

import type { Directory } from "../open";
import { Random } from "../seed/random";
import { clearPeople } from "./clear";
import { daysBefore, type GoldenContext, giveRole, putApplication, putGroup, putUser } from "./objects";

/** Object ids (of settings: their names) by the metric that must find them. */
type GoldenCases = Readonly<Record<string, readonly string[]>>;

const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
const userAdministrator = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const graphPowerShell = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

/** Replaces people, groups, applications and policies by the golden ones. */
export function plantGolden(
  directory: Directory,
  tenant: { readonly tenantId: string; readonly domain: string },
  now: number,
  keep: ReadonlySet<string>,
): GoldenCases {
  clearPeople(directory, keep);
  const { tenantId, domain } = tenant;
  const context: GoldenContext = { directory, tenantId, domain, now, random: new Random("golden") };
  for (let number = 0; number < 20; number += 1) putUser(context, `healthy${number}`);
  putUser(context, "healthyguest", { guest: true });
  putApplication(context, "Healthy application", { permission: "User.Read.All" });
  return { ...plantPeople(context), ...plantApplications(context, keep), ...plantSettings(context) };
}

function plantPeople(context: GoldenContext): GoldenCases {
  const administrator = putUser(context, "administrator");
  giveRole(context, administrator, globalAdministrator);
  const guestAdministrator = putUser(context, "guestadministrator", { guest: true });
  giveRole(context, guestAdministrator, userAdministrator);
  const member = putUser(context, "groupadministrator");
  const administrators = putGroup(context, "administrators", [member], true);
  giveRole(context, administrators, userAdministrator);
  putGroup(context, "healthygroup", [member]);
  const selfService = { creationType: "EmailVerified" };
  const forever = { passwordPolicies: "DisablePasswordExpiration" };
  const never = { properties: { externalUserState: "PendingAcceptance" }, guest: true, seen: null } as const;
  return {
    "stale-guests": [
      putUser(context, "staleguest", { guest: true, seen: 36 }),
      putUser(context, "neverguest", never),
    ],
    "inactive-users": [
      putUser(context, "inactive", { seen: 31 }),
      putUser(context, "neverthere", { seen: null }),
    ],
    "email-verified-accounts": [putUser(context, "selfservice", { properties: selfService })],
    "users-without-mfa": [putUser(context, "withoutmfa", { mfa: false })],
    "password-never-expires": [putUser(context, "oldpassword", { properties: forever })],
    "administrative-users": [administrator, guestAdministrator, member],
    "administrative-groups": [administrators],
    "empty-security-groups": [putGroup(context, "emptygroup", [])],
    // A single one is one too few.
    "global-administrators": [administrator],
    "privileged-guests": [guestAdministrator],
  };
}

function plantApplications(context: GoldenContext, keep: ReadonlySet<string>): GoldenCases {
  const owner = putUser(context, "appowner");
  const powerful = putApplication(context, "Powerful application", {
    owners: [owner],
    permission: "RoleManagement.ReadWrite.Directory",
  });
  const expired = putApplication(context, "Expired secret", { secretEnds: -3 });
  const soon = putApplication(context, "Secret that soon expires", { secretEnds: 10 });
  const unused = putApplication(context, "Unused application", { used: 91 });
  const { servicePrincipals } = context.directory;
  // Whoever deploys grants permissions: that is a path to Global Administrator.
  const kept = [...keep].flatMap((appId) => servicePrincipals.by("appId", appId).map(({ id }) => id));
  const [powerShell] = servicePrincipals.by("appId", graphPowerShell);
  return {
    "privileged-applications": [powerful.principal, ...kept],
    "privileged-application-owners": [owner],
    "expiring-credentials": [expired.application, soon.application],
    "unused-credentials": [unused.application],
    "graph-powershell": [powerShell?.id ?? graphPowerShell],
  };
}

/** One weakness of each setting; the others are as they should be. */
function plantSettings(context: GoldenContext): GoldenCases {
  const { policies } = context.directory;
  policies.put({
    id: "authorizationPolicy",
    kind: "authorizationPolicy",
    properties: {
      displayName: "Authorization Policy",
      allowInvitesFrom: "adminsAndGuestInviters",
      allowedToSignUpEmailBasedSubscriptions: false,
      allowedToUseSSPR: false,
      allowEmailVerifiedUsersToJoinOrganization: false,
      blockMsolPowerShell: true,
      guestUserRoleId: "2af84b1e-32c8-42b7-82bc-daa82404023b",
      defaultUserRolePermissions: {
        allowedToCreateApps: true,
        allowedToCreateSecurityGroups: false,
        allowedToCreateTenants: false,
        allowedToReadBitlockerKeysForOwnedDevice: false,
        allowedToReadOtherUsers: false,
        permissionGrantPoliciesAssigned: ["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"],
      },
    },
  });
  for (const { id } of [...policies.by("kind", "conditionalAccessPolicies")]) policies.delete(id);
  const trial = context.random.guid();
  policies.put({
    id: trial,
    kind: "conditionalAccessPolicies",
    properties: {
      displayName: "On trial",
      state: "enabledForReportingButNotEnforced",
      createdDateTime: daysBefore(context, 20),
      conditions: { users: { includeUsers: ["All"] }, applications: { includeApplications: ["All"] } },
      grantControls: { operator: "OR", builtInControls: ["mfa"] },
      sessionControls: null,
    },
  });
  const [defaults] = policies.by("kind", "identitySecurityDefaultsEnforcementPolicy");
  return {
    "self-service-password-reset": ["authorizationPolicy"],
    "default-user-permissions": ["allowedToCreateApps"],
    "third-party-applications": ["microsoft-user-default-legacy"],
    "no-conditional-access": [trial, ...(defaults === undefined ? [] : [defaults.id])],
    "admin-sign-in-frequency": [trial],
  };
}
