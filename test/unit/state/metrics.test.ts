import { describe, expect, it } from "vitest";
import type { AssessOptions } from "../../../components/state";
import { metrics } from "../../../components/state/metrics";
import { ago, authorization, conditionalAccess, type Golden, healthy, ids, now, results } from "./golden";

interface Case {
  readonly plant: (golden: Golden) => Golden;
  readonly options?: AssessOptions;
  /** Ids of the evidence, sorted. */
  readonly found: readonly string[];
  /** Where it is not the number of those. */
  readonly count?: number;
  /** Other metrics that must find the same thing. */
  readonly also?: readonly string[];
}

const users = { ...(authorization.defaultUserRolePermissions as object) };
const permissions = (data: object) => ({ defaultUserRolePermissions: { ...users, ...data } });
const enabled = { isEnabled: true, value: 10, type: "hours", frequencyInterval: "timeBased" };
const secret = (keyId: string, start: number, end: number) => ({
  keyId,
  displayName: null,
  startDateTime: ago(start),
  endDateTime: ago(end),
});

/** What is planted, and what must be found: exactly that, by that metric and no other. */
const cases: Readonly<Record<string, Case>> = {
  "stale-guests": {
    plant: (golden) =>
      golden
        .user("asleep", { userType: "Guest" })
        .seen("asleep", 36)
        .user("never-came", {
          userType: "Guest",
          externalUserState: "PendingAcceptance",
          createdDateTime: ago(60),
        })
        .remove("userSignInActivity", "never-came/signInActivity")
        .user("guessed-at", { userType: "Guest" })
        .tried("guessed-at", 1, 36)
        // None of these.
        .user("awake", { userType: "Guest" })
        .seen("awake", 35)
        .user("new", { userType: "Guest", createdDateTime: ago(5) })
        .remove("userSignInActivity", "new/signInActivity")
        .user("disabled", { userType: "Guest", accountEnabled: false })
        .seen("disabled", 300),
    found: ["asleep", "guessed-at", "never-came"],
  },
  "inactive-users": {
    plant: (golden) =>
      golden
        .user("away")
        .seen("away", 31)
        .user("never-came", { createdDateTime: ago(31) })
        .remove("userSignInActivity", "never-came/signInActivity")
        .user("guessed-at")
        .tried("guessed-at", 0, 31)
        .user("at-the-limit")
        .seen("at-the-limit", 30)
        .user("made-at-the-limit", { createdDateTime: ago(30) })
        .remove("userSignInActivity", "made-at-the-limit/signInActivity")
        .user("by-an-app")
        .seen("by-an-app", 90)
        .put("userSignInActivity", "by-an-app/signInActivity", { lastNonInteractiveSignInDateTime: ago(2) })
        .user("disabled", { accountEnabled: false })
        .seen("disabled", 300),
    found: ["away", "guessed-at", "never-came"],
  },
  "email-verified-accounts": {
    plant: (golden) =>
      golden.user("viral", { creationType: "EmailVerified" }).user("invited", { creationType: "Invitation" }),
    found: ["viral"],
  },
  "users-without-mfa": {
    plant: (golden) =>
      golden
        .user("bare")
        .put("userRegistrationDetails", "bare", { isMfaRegistered: false })
        .user("not-in-the-report")
        .remove("userRegistrationDetails", "not-in-the-report")
        .user("disabled", { accountEnabled: false })
        .put("userRegistrationDetails", "disabled", { isMfaRegistered: false })
        .put("userRegistrationDetails", "guest-0", { isMfaRegistered: false }),
    found: ["bare"],
  },
  "password-never-expires": {
    plant: (golden) =>
      golden
        .user("eternal", { passwordPolicies: "DisablePasswordExpiration, DisableStrongPassword" })
        .user("weak", { passwordPolicies: "DisableStrongPassword" })
        .user("disabled", { accountEnabled: false, passwordPolicies: "DisablePasswordExpiration" }),
    found: ["eternal"],
  },
  "administrative-users": {
    plant: (golden) => golden.role("user-7", ids.userAdministrator, "roleEligibility"),
    found: ["user-0", "user-1", "user-7"],
  },
  "administrative-groups": {
    plant: (golden) =>
      golden
        .group("tier-0", ["user-0"], { isAssignableToRole: true })
        .group("helpers", ["user-1"])
        .role("helpers", ids.userAdministrator),
    found: ["helpers", "tier-0"],
  },
  "empty-security-groups": {
    plant: (golden) => golden.group("forgotten", []),
    found: ["forgotten"],
  },
  "global-administrators": {
    plant: (golden) =>
      golden
        .role("user-1", ids.userAdministrator)
        .remove("roleAssignment", `user-1 ${ids.globalAdministrator}`),
    found: ["user-0"],
  },
  "self-service-password-reset": {
    plant: (golden) => golden.policy({ allowedToUseSSPR: false }),
    found: ["authorizationPolicy"],
  },
  "unified-audit-log": {
    plant: (golden) => golden,
    options: { exchange: { unifiedAuditLogEnabled: async () => false } },
    found: ["UnifiedAuditLogIngestionEnabled"],
  },
  "no-conditional-access": {
    plant: (golden) =>
      golden.put("conditionalAccessPolicy", "ca", { state: "enabledForReportingButNotEnforced" }),
    found: ["ca", "defaults"],
    also: ["admin-sign-in-frequency"],
  },
  "admin-sign-in-frequency": {
    plant: (golden) =>
      golden
        .put("conditionalAccessPolicy", "ca", { sessionControls: { signInFrequency: enabled } })
        .put("conditionalAccessPolicy", "users", {
          ...conditionalAccess,
          id: "users",
          conditions: {
            ...conditionalAccess.conditions,
            users: { includeUsers: ["user-0"], includeRoles: [], excludeRoles: [] },
          },
        }),
    found: ["ca", "users"],
    count: 1,
  },
  "default-user-permissions": {
    plant: (golden) =>
      golden.policy({ ...permissions({ allowedToCreateApps: true }), allowInvitesFrom: "everyone" }),
    found: ["allowInvitesFrom", "allowedToCreateApps"],
  },
  "expired-domains": {
    plant: (golden) =>
      golden
        .put("domain", "old.example", { id: "old.example", isVerified: true, isInitial: false, isRoot: true })
        .put("domain", "mail.old.example", {
          id: "mail.old.example",
          isVerified: true,
          isInitial: false,
          isRoot: false,
        })
        .put("domain", "mine.example", {
          id: "mine.example",
          isVerified: false,
          isInitial: false,
          isRoot: true,
        }),
    options: {
      domainRegistrations: {
        expiry: async (domain) => now.getTime() + (domain === "contoso.example" ? 86_400_000 : -1),
      },
    },
    found: ["old.example"],
  },
  "graph-powershell": {
    plant: (golden) => golden.principal("sp-powershell", { appId: ids.graphPowerShell }),
    found: ["sp-powershell"],
  },
  "third-party-applications": {
    plant: (golden) =>
      golden.policy(
        permissions({
          permissionGrantPoliciesAssigned: ["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"],
        }),
      ),
    found: ["microsoft-user-default-legacy"],
  },
  "privileged-applications": {
    plant: (golden) =>
      golden
        .app("deployer")
        .grant("sp-deployer", ids.roleManagement)
        .app("helpdesk")
        .role("sp-helpdesk", ids.userAdministrator)
        .grant(ids.graphPrincipal, ids.roleManagement),
    found: ["sp-deployer", "sp-helpdesk"],
  },
  "expiring-credentials": {
    plant: (golden) =>
      golden
        .app("gone", { passwordCredentials: [secret("a", 400, 10)] })
        .app("going", { keyCredentials: [secret("b", 300, -29)] })
        .app("at-the-limit", { keyCredentials: [secret("f", 300, -30)] })
        .app("staying", { keyCredentials: [secret("c", 300, -30.001)] })
        .principal("sp-identity", {
          servicePrincipalType: "ManagedIdentity",
          keyCredentials: [secret("d", 80, -10)],
        })
        .principal("sp-sso", { keyCredentials: [secret("e", 900, 20)] }),
    found: ["reg-at-the-limit", "reg-going", "reg-gone", "sp-sso"],
  },
  "unused-credentials": {
    plant: (golden) =>
      golden
        .app("idle", { passwordCredentials: [secret("a", 200, -100), secret("b", 20, -100)] })
        .put("servicePrincipalSignInActivity", "app-idle", {
          applicationAuthenticationClientSignInActivity: { lastSignInDateTime: ago(91) },
        })
        .app("at-the-limit", { passwordCredentials: [secret("e", 200, -100)] })
        .put("servicePrincipalSignInActivity", "app-at-the-limit", {
          applicationAuthenticationClientSignInActivity: { lastSignInDateTime: ago(90) },
        })
        .app("over", { passwordCredentials: [secret("f", 200, 1)] })
        .remove("servicePrincipalSignInActivity", "app-over")
        .app("never", { keyCredentials: [secret("c", 91, -100)] })
        .remove("servicePrincipalSignInActivity", "app-never")
        .app("new", { keyCredentials: [secret("d", 89, -100)] })
        .remove("servicePrincipalSignInActivity", "app-new"),
    found: ["reg-idle", "reg-never"],
    also: ["expiring-credentials"],
  },
  "privileged-application-owners": {
    plant: (golden) =>
      golden
        .app("deployer")
        .grant("sp-deployer", ids.roleManagement)
        .put("applicationOwner", "reg-deployer/user-9")
        .put("servicePrincipalOwner", "sp-deployer/user-8")
        .put("servicePrincipalOwner", "sp-deployer/user-0"),
    found: ["user-8", "user-9"],
    also: ["privileged-applications"],
  },
  "privileged-guests": {
    plant: (golden) =>
      golden
        .user("partner", { userType: "Guest" })
        .group("partners", ["partner"], { isAssignableToRole: true })
        .role("partners", ids.userAdministrator),
    found: ["partner"],
    also: ["administrative-users"],
  },
};

const findings = (all: ReadonlyMap<string, { readonly result: string }>) =>
  [...all].filter(([, { result }]) => result !== "ok").map(([id]) => id);

describe("metrics", () => {
  it("find nothing in a healthy tenant", async () => {
    const all = await results(healthy());
    expect(findings(all)).toEqual([]);
    expect(all.size).toBe(metrics.length);
  });

  it("have a case each", () => {
    expect(Object.keys(cases).sort()).toEqual(metrics.map(({ id }) => id).sort());
  });

  it.each(Object.entries(cases))("%s finds what is planted and nothing else", async (id, planted) => {
    for (const reversed of [false, true]) {
      const all = await results(planted.plant(healthy()), planted.options, reversed);
      expect(findings(all).sort()).toEqual([id, ...(planted.also ?? [])].sort());
      const result = all.get(id);
      expect(result).toMatchObject({ result: "finding", count: planted.count ?? planted.found.length });
      expect(result?.evidence.rows.map((row) => row.id).sort()).toEqual(planted.found);
      expect(result?.evidence.total).toBe(planted.found.length);
      const columns = result?.evidence.rows.map(({ details }) => Object.keys(details));
      for (const names of columns ?? []) expect(names).toEqual(columns?.[0]);
    }
  });

  it("say what they are", () => {
    expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
    for (const { id, what, why, remediation, fields, thresholds } of metrics) {
      expect(
        [what, why, remediation].every((text) => /\.$/.test(text)),
        id,
      ).toBe(true);
      expect(fields.length, id).toBeGreaterThan(0);
      expect(thresholds.length, id).toBeLessThan(3);
    }
  });
});
