import { describe, expect, it } from "vitest";
import type { AssessOptions } from "../../../components/state";
import { authorization, type Golden, healthy, ids, results } from "./golden";

const findings = (all: ReadonlyMap<string, { readonly result: string }>) =>
  [...all].filter(([, { result }]) => result !== "ok").map(([id]) => id);

describe("thresholds", () => {
  const planted: readonly (readonly [string, Golden, AssessOptions["thresholds"]])[] = [
    ["stale-guests", healthy().seen("guest-0", 10), { staleGuestDays: 9 }],
    ["inactive-users", healthy().seen("user-3", 10), { inactiveUserDays: 9 }],
    ["administrative-users", healthy(), { administrativeUsersPercent: 1 }],
    [
      "administrative-groups",
      healthy().group("helpers", ["user-1"], { isAssignableToRole: true }),
      { administrativeGroupsPercent: 1 },
    ],
    ["global-administrators", healthy(), { leastGlobalAdministrators: 3 }],
    ["global-administrators", healthy(), { mostGlobalAdministrators: 1 }],
    ["admin-sign-in-frequency", healthy(), { adminSignInHours: 8 }],
    ["expired-domains", healthy(), { domainExpiryDays: 30 }],
    ["expiring-credentials", healthy(), { credentialExpiryDays: 201 }],
    ["unused-credentials", healthy(), { unusedCredentialDays: 0 }],
  ];

  it.each(planted)("%s turns into a finding", async (id, golden, thresholds) => {
    const all = await results(golden, { thresholds });
    expect(findings(all)).toEqual([id]);
    expect(
      Object.fromEntries((all.get(id)?.threshold ?? []).map(({ name, value }) => [name, value])),
    ).toMatchObject(thresholds ?? {});
  });

  const defaults = authorization.defaultUserRolePermissions as object;
  const tolerated: readonly (readonly [string, Golden, AssessOptions["thresholds"]])[] = [
    ["empty-security-groups", healthy().group("forgotten", []), { emptySecurityGroupsPercent: 2 }],
    [
      "default-user-permissions",
      healthy().policy({
        allowInvitesFrom: "everyone",
        defaultUserRolePermissions: { ...defaults, allowedToCreateApps: true },
      }),
      { toleratedDefaultPermissions: ["allowInvitesFrom", "allowedToCreateApps"] },
    ],
    [
      "third-party-applications",
      healthy().policy({
        allowUserConsentForRiskyApps: true,
        defaultUserRolePermissions: {
          ...defaults,
          permissionGrantPoliciesAssigned: ["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"],
        },
      }),
      { toleratedConsentPolicies: ["microsoft-user-default-legacy", "allowUserConsentForRiskyApps"] },
    ],
    [
      "privileged-applications",
      healthy().app("helpdesk").role("sp-helpdesk", ids.userAdministrator),
      { privilegedTier: "T0" },
    ],
  ];

  it.each(tolerated)("%s tolerates what it is told to", async (id, golden, thresholds) => {
    expect((await results(golden)).get(id)?.result).toBe("finding");
    expect(findings(await results(golden, { thresholds }))).toEqual([]);
  });
});
