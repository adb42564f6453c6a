/** A tenant in which no metric finds anything, and ways to plant what one should find. */
import type { StreamName } from "../../../components/collector/function/model/stream-names";
import type { LivingRecord } from "../../../components/collector/function/runtime/read-living";
import type { Lack, StateSource } from "../../../components/state";
import { type AssessOptions, assess, type MetricResult } from "../../../components/state";
import { type RecordName, streamOf } from "../../../components/state/records";

export const now = new Date("2026-06-15T12:00:00Z");
export const ago = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

export const ids = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  userAdministrator: "fe930be7-5e62-47db-91af-98c3a49a38b1",
  graphAppId: "00000003-0000-0000-c000-000000000000",
  graphPrincipal: "sp-graph",
  graphPowerShell: "14d82eec-204b-4c2f-b7e8-296a70dab67e",
  roleManagement: "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
  mailReadWrite: "e2a3a72e-5f79-4c64-b1b1-878b674786c9",
  userReadAll: "df021288-bdef-4463-88db-98f22de89214",
} as const;

type Data = Record<string, unknown>;

/** Records by type and key, as streams write them. */
export class Golden {
  private readonly records = new Map<string, Map<string, Data>>();
  readonly absent = new Map<StreamName, Lack>();
  readonly degraded = new Map<StreamName, Lack>();

  put(type: RecordName, key: string, data: Data = {}): this {
    const all = this.records.get(type) ?? new Map<string, Data>();
    this.records.set(type, all.set(key, { ...all.get(key), ...data }));
    return this;
  }

  remove(type: RecordName, key: string): this {
    this.records.get(type)?.delete(key);
    return this;
  }

  user(id: string, data: Data = {}): this {
    const user = {
      ...ordinaryUser,
      id,
      userPrincipalName: `${id}@contoso.example`,
      displayName: id,
      ...data,
    };
    const registration = { id, isMfaRegistered: true, isAdmin: false };
    return this.put("user", id, user).put("userRegistrationDetails", id, registration).seen(id, 1);
  }

  /** The last sign-in was so many days ago. */
  seen(id: string, days: number): this {
    return this.put("userSignInActivity", `${id}/signInActivity`, {
      userId: id,
      lastSignInDateTime: ago(days),
      lastNonInteractiveSignInDateTime: null,
      lastSuccessfulSignInDateTime: null,
    });
  }

  /** Somebody tried to sign in so many days ago; the last success was earlier. */
  tried(id: string, days: number, succeeded: number): this {
    return this.seen(id, days).put("userSignInActivity", `${id}/signInActivity`, {
      lastNonInteractiveSignInDateTime: ago(days),
      lastSuccessfulSignInDateTime: ago(succeeded),
    });
  }

  group(id: string, members: readonly string[], data: Data = {}): this {
    this.put("group", id, {
      id,
      displayName: id,
      securityEnabled: true,
      isAssignableToRole: false,
      visibility: null,
      createdDateTime: ago(400),
      ...data,
    });
    for (const member of members) this.put("groupMember", `${id}/${member}`);
    return this;
  }

  role(
    principalId: string,
    roleDefinitionId: string,
    type: "roleAssignment" | "roleEligibility" = "roleAssignment",
  ) {
    return this.put(type, `${principalId} ${roleDefinitionId}`, {
      principalId,
      roleDefinitionId,
      directoryScopeId: "/",
    });
  }

  /** An app registration with its service principal, used today. */
  app(name: string, data: Data = {}): this {
    const appId = `app-${name}`;
    this.put("application", `reg-${name}`, {
      id: `reg-${name}`,
      appId,
      displayName: name,
      passwordCredentials: [],
      keyCredentials: [],
      ...data,
    });
    this.put("servicePrincipalSignInActivity", appId, {
      appId,
      applicationAuthenticationClientSignInActivity: { lastSignInDateTime: ago(0.5) },
    });
    return this.principal(`sp-${name}`, { appId, displayName: name });
  }

  principal(id: string, data: Data = {}): this {
    return this.put("servicePrincipal", id, {
      id,
      appId: id,
      displayName: id,
      servicePrincipalType: "Application",
      accountEnabled: true,
      appOwnerOrganizationId: "11111111-2222-3333-4444-555555555555",
      appRoleAssignmentRequired: false,
      appRoles: [],
      passwordCredentials: [],
      keyCredentials: [],
      ...data,
    });
  }

  grant(principalId: string, appRoleId: string, resourceId: string = ids.graphPrincipal): this {
    return this.put("appRoleAssignment", `${principalId} ${appRoleId}`, {
      appRoleId,
      principalId,
      resourceId,
      principalType: "ServicePrincipal",
    });
  }

  policy(data: Data): this {
    return this.put("authorizationPolicy", "authorizationPolicy", data);
  }

  /** In the order given, or backwards: no result may depend on it. */
  source(reversed = false): StateSource {
    const { records } = this;
    return {
      connector: "golden",
      open: async (stream) => {
        const absent = this.absent.get(stream);
        const degraded = this.degraded.get(stream);
        return {
          ...(absent && { absent }),
          ...(degraded && { degraded }),
          asOf: ago(0),
          async *records(types) {
            const all: LivingRecord[] = [...types]
              .filter((type) => streamOf(type as RecordName) === stream)
              .flatMap((type) =>
                [...(records.get(type) ?? [])].map(([key, data]) => ({ type, key, data: () => data })),
              );
            yield* reversed ? all.reverse() : all;
          },
        };
      },
    };
  }
}

const ordinaryUser: Data = {
  accountEnabled: true,
  userType: "Member",
  creationType: null,
  createdDateTime: ago(400),
  externalUserState: null,
  passwordPolicies: null,
  lastPasswordChangeDateTime: ago(100),
  onPremisesSyncEnabled: null,
};

/** Every metric is `ok` here, given `healthyOptions`. */
export function healthy(): Golden {
  const golden = new Golden()
    .put("organization", "tenant", { id: "tenant", displayName: "Contoso" })
    .put("domain", "contoso.example", {
      id: "contoso.example",
      isVerified: true,
      isInitial: false,
      isRoot: true,
    })
    .put("domain", "contoso.onmicrosoft.com", {
      id: "contoso.onmicrosoft.com",
      isVerified: true,
      isInitial: true,
      isRoot: true,
    })
    .put("securityDefaultsPolicy", "defaults", {
      id: "defaults",
      displayName: "Security Defaults",
      isEnabled: false,
    })
    .put("conditionalAccessPolicy", "ca", conditionalAccess)
    .policy(authorization)
    .put("roleDefinition", ids.globalAdministrator, {
      id: ids.globalAdministrator,
      displayName: "Global Administrator",
      isBuiltIn: true,
    })
    .put("roleDefinition", ids.userAdministrator, {
      id: ids.userAdministrator,
      displayName: "User Administrator",
      isBuiltIn: true,
    })
    .principal(ids.graphPrincipal, {
      appId: ids.graphAppId,
      displayName: "Microsoft Graph",
      appOwnerOrganizationId: "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
      appRoles: [
        { id: ids.roleManagement, value: "RoleManagement.ReadWrite.Directory" },
        { id: ids.userReadAll, value: "User.Read.All" },
        { id: ids.mailReadWrite, value: "Mail.ReadWrite" },
      ],
    })
    .principal("sp-powershell", {
      appId: ids.graphPowerShell,
      displayName: "Microsoft Graph Command Line Tools",
      appRoleAssignmentRequired: true,
    })
    .app("payroll", {
      passwordCredentials: [
        { keyId: "k1", displayName: "good", startDateTime: ago(200), endDateTime: ago(-200) },
      ],
    })
    .put("applicationOwner", "reg-payroll/user-5")
    .grant("sp-payroll", ids.userReadAll);
  for (let number = 0; number < 100; number += 1) golden.user(`user-${number}`);
  golden.user("guest-0", { userType: "Guest", externalUserState: "Accepted" });
  golden.role("user-0", ids.globalAdministrator).role("user-1", ids.globalAdministrator);
  for (let number = 0; number < 50; number += 1) golden.group(`group-${number}`, [`user-${number}`]);
  golden.group("distribution", [], { securityEnabled: false });
  golden.group("hidden", [], { visibility: "HiddenMembership" });
  return golden;
}

export const authorization: Data = {
  id: "authorizationPolicy",
  displayName: "Authorization Policy",
  allowInvitesFrom: "adminsAndGuestInviters",
  allowedToSignUpEmailBasedSubscriptions: false,
  allowedToUseSSPR: true,
  allowEmailVerifiedUsersToJoinOrganization: false,
  guestUserRoleId: "2af84b1e-32c8-42b7-82bc-daa82404023b",
  defaultUserRolePermissions: {
    allowedToCreateApps: false,
    allowedToCreateSecurityGroups: false,
    allowedToCreateTenants: false,
    allowedToReadOtherUsers: true,
    permissionGrantPoliciesAssigned: ["ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed"],
  },
};

export const conditionalAccess = {
  id: "ca",
  displayName: "Administrators sign in often",
  state: "enabled",
  conditions: {
    applications: { includeApplications: ["All"], excludeApplications: [] },
    users: { includeUsers: [], includeRoles: [ids.globalAdministrator], excludeRoles: [] },
  },
  sessionControls: {
    signInFrequency: { isEnabled: true, value: 9, type: "hours", frequencyInterval: "timeBased" },
  },
};

export const healthyOptions: AssessOptions = {
  now,
  exchange: { unifiedAuditLogEnabled: async () => true },
  domainRegistrations: { expiry: async () => now.getTime() + 20 * 86_400_000 },
};

/** Results by the id of the metric. */
export async function results(
  golden: Golden,
  options: AssessOptions = {},
  reversed = false,
): Promise<Map<string, MetricResult>> {
  const { metrics } = await assess(golden.source(reversed), { ...healthyOptions, ...options });
  return new Map(metrics.map((metric) => [metric.id, metric]));
}
