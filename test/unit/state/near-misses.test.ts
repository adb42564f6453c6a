/** What stands right at a limit, and what only looks like what a metric is after. */
import { describe, expect, it } from "vitest";
import { ago, conditionalAccess, healthy, ids, now, results } from "./golden";

const findings = (all: ReadonlyMap<string, { readonly result: string }>) =>
  [...all].filter(([, { result }]) => result !== "ok").map(([id]) => id);

describe("near misses", () => {
  it("are tolerated up to the thresholds and not beyond", async () => {
    const golden = healthy().group("tier-0", ["user-0"], { isAssignableToRole: true });
    for (const id of ["user-2", "user-3"]) golden.role(id, ids.globalAdministrator, "roleEligibility");
    golden.user("retired", { accountEnabled: false }).role("retired", ids.globalAdministrator);
    const thresholds = { administrativeUsersPercent: 10 };
    expect(findings(await results(golden, { thresholds }))).toEqual([]);
    golden.group("tier-1", ["user-0"], { isAssignableToRole: true });
    golden.role("user-4", ids.globalAdministrator);
    expect(findings(await results(golden, { thresholds })).sort()).toEqual([
      "administrative-groups",
      "global-administrators",
    ]);
  });

  it("of a domain are a moment before its registration ends", async () => {
    const expiring = (milliseconds: number) => ({
      domainRegistrations: { expiry: async () => now.getTime() + milliseconds },
    });
    expect(findings(await results(healthy(), expiring(1)))).toEqual([]);
    expect(findings(await results(healthy(), expiring(0)))).toEqual(["expired-domains"]);
  });

  const narrowed: readonly (readonly [string, object])[] = [
    ["risky sign-ins", { signInRiskLevels: ["high", "medium"] }],
    ["risky users", { userRiskLevels: ["high"] }],
    ["insiders at risk", { insiderRiskLevels: "elevated" }],
    ["the browser", { clientAppTypes: ["browser"] }],
    ["a platform", { platforms: { includePlatforms: ["windows"], excludePlatforms: [] } }],
    [
      "places that are not trusted",
      { locations: { includeLocations: ["All"], excludeLocations: ["AllTrusted"] } },
    ],
    [
      "devices that nobody manages",
      { devices: { deviceFilter: { mode: "exclude", rule: "device.isCompliant" } } },
    ],
    ["device codes", { authenticationFlows: { transferMethods: "deviceCodeFlow" } }],
  ];

  it.each(narrowed)(
    "a policy that makes administrators sign in again only for %s does not suffice",
    async (_, more) => {
      const conditions = { ...conditionalAccess.conditions, ...more };
      const everyTime = {
        signInFrequency: { isEnabled: true, value: null, type: null, frequencyInterval: "everyTime" },
      };
      const golden = healthy().put("conditionalAccessPolicy", "ca", {
        conditions,
        sessionControls: everyTime,
      });
      expect(findings(await results(golden))).toEqual(["admin-sign-in-frequency"]);
    },
  );

  it("a policy for every client, platform and place suffices", async () => {
    const conditions = {
      ...conditionalAccess.conditions,
      clientAppTypes: ["all"],
      signInRiskLevels: [],
      platforms: { includePlatforms: ["all"], excludePlatforms: [] },
      locations: { includeLocations: ["All"], excludeLocations: [] },
    };
    expect(findings(await results(healthy().put("conditionalAccessPolicy", "ca", { conditions })))).toEqual(
      [],
    );
  });

  it("a guest with a harmless role, and one whom nobody lets in by Graph PowerShell", async () => {
    const readers = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";
    const golden = healthy()
      .put("roleDefinition", readers, { id: readers, displayName: "Directory Readers", isBuiltIn: true })
      .role("guest-0", readers)
      .principal("sp-powershell", { appId: ids.graphPowerShell, accountEnabled: false });
    const all = await results(golden, { thresholds: { administrativeUsersPercent: 5 } });
    expect(findings(all)).toEqual([]);
    expect(all.get("administrative-users")?.evidence.rows.map((row) => row.id)).toContain("guest-0");
  });

  it("a tenant in which nobody has used Graph PowerShell so far is open to all of it", async () => {
    const all = await results(healthy().remove("servicePrincipal", "sp-powershell"));
    expect(findings(all)).toEqual(["graph-powershell"]);
    expect(all.get("graph-powershell")?.evidence.rows[0]?.details["In the tenant"]).toBe(false);
  });

  it("a certificate that is listed for signing and for verifying expires once", async () => {
    const one = { displayName: "CN=sso", startDateTime: ago(300), endDateTime: ago(-5) };
    const keyCredentials = [
      { ...one, keyId: "sign" },
      { ...one, keyId: "verify" },
    ];
    const all = await results(healthy().principal("sp-sso", { keyCredentials }));
    expect(all.get("expiring-credentials")).toMatchObject({ result: "finding", count: 1 });
  });

  it("risky applications that users may consent to are third-party applications allowed", async () => {
    const golden = healthy().policy({ allowUserConsentForRiskyApps: true });
    expect(findings(await results(golden))).toEqual(["third-party-applications"]);
  });
});

describe("evidence", () => {
  it("keeps the gravest where there is more than fits", async () => {
    const golden = healthy();
    for (const id of ["a", "b", "z"])
      golden.user(id).put("userRegistrationDetails", id, { isMfaRegistered: false });
    golden.put("userRegistrationDetails", "z", { isAdmin: true });
    golden
      .app("a-mail")
      .grant("sp-a-mail", ids.mailReadWrite)
      .app("z-roles")
      .grant("sp-z-roles", ids.roleManagement);
    const all = await results(golden, { evidenceLimit: 2 });
    const rows = (id: string) => all.get(id)?.evidence.rows.map((row) => row.id);
    expect(rows("users-without-mfa")).toEqual(["z", "a"]);
    expect(rows("privileged-applications")).toEqual(["sp-z-roles", "sp-a-mail"]);
  });

  it("says how many users Microsoft's report on registrations does not have", async () => {
    const golden = healthy().remove("userRegistrationDetails", "user-7");
    const result = (await results(golden)).get("users-without-mfa");
    expect(result).toMatchObject({ result: "ok", count: 0 });
    expect(result?.reason).toContain("1 of them");
  });
});

describe("a policy that was not among what was collected", () => {
  it.each(["self-service-password-reset", "default-user-permissions", "third-party-applications"])(
    "leaves %s open",
    async (id) => {
      const all = await results(healthy().remove("authorizationPolicy", "authorizationPolicy"));
      expect(all.get(id)).toMatchObject({ result: "not-assessed", reasonCode: "no-data" });
    },
  );

  it("leaves it open whether there is any protection", async () => {
    const none = healthy()
      .remove("securityDefaultsPolicy", "defaults")
      .remove("conditionalAccessPolicy", "ca");
    const all = await results(none);
    expect(all.get("no-conditional-access")).toMatchObject({ result: "not-assessed", reasonCode: "no-data" });
  });
});
