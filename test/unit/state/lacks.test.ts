import { describe, expect, it } from "vitest";
import { Golden, healthy, ids, results } from "./golden";

const lack = (code: "permission-missing" | "license-missing" | "stream-missing") =>
  ({ code, message: `It is missing: ${code}.` }) as const;

const unassessed = (all: Awaited<ReturnType<typeof results>>) =>
  Object.fromEntries(
    [...all].flatMap(([id, { result, reasonCode }]) => (result === "not-assessed" ? [[id, reasonCode]] : [])),
  );

describe("what can't be assessed", () => {
  it("is not assessed where a stream is missing, and all else is", async () => {
    const golden = healthy();
    golden.absent.set("registration-details", lack("permission-missing"));
    const all = await results(golden);
    expect(unassessed(all)).toEqual({ "users-without-mfa": "permission-missing" });
    expect(all.get("users-without-mfa")).toMatchObject({
      count: 0,
      evidence: { rows: [], total: 0 },
      reason: "It is missing: permission-missing.",
    });
    expect([...all.values()].filter(({ result }) => result === "ok")).toHaveLength(all.size - 1);
  });

  it("names every metric of a missing stream", async () => {
    const golden = healthy();
    golden.absent.set("directory-roles", lack("stream-missing"));
    expect(unassessed(await results(golden))).toEqual({
      "administrative-users": "stream-missing",
      "administrative-groups": "stream-missing",
      "global-administrators": "stream-missing",
      "privileged-application-owners": "stream-missing",
      "privileged-guests": "stream-missing",
    });
  });

  it("is nothing at all of an empty store", async () => {
    const golden = new Golden();
    const streams = [
      "organization",
      "domains",
      "policies",
      "directory-roles",
      "app-role-assignments",
    ] as const;
    const others = ["applications", "service-principals", "groups", "registration-details", "users"] as const;
    for (const stream of [...streams, ...others]) golden.absent.set(stream, lack("stream-missing"));
    const all = await results(golden, { exchange: undefined });
    expect([...all.values()].map(({ result }) => result)).toEqual(Array(all.size).fill("not-assessed"));
  });

  it("says which options are off", async () => {
    const all = await results(healthy(), { exchange: undefined, domainRegistrations: undefined });
    expect(unassessed(all)).toEqual({ "unified-audit-log": "opt-in-off", "expired-domains": "opt-in-off" });
    expect(all.get("expired-domains")?.reason).toContain("domainRegistrationCheck");
  });

  it("is whatever reads sign-ins where none were collected", async () => {
    const golden = healthy().remove("userSignInActivity", "guest-0/signInActivity");
    for (let user = 0; user < 100; user += 1)
      golden.remove("userSignInActivity", `user-${user}/signInActivity`);
    expect(unassessed(await results(golden))).toEqual({
      "stale-guests": "opt-in-off",
      "inactive-users": "opt-in-off",
    });
  });

  it("is only what a degraded stream lacks", async () => {
    const golden = healthy();
    for (const stream of ["users", "service-principals", "directory-roles", "groups"] as const) {
      golden.degraded.set(stream, lack("license-missing"));
    }
    expect(unassessed(await results(golden))).toEqual({
      "stale-guests": "license-missing",
      "inactive-users": "license-missing",
      "unused-credentials": "license-missing",
    });
  });

  it("is what a question outside of Graph got no answer to", async () => {
    const broken = () => Promise.reject(new Error("Exchange answered 403. Assign the role."));
    const all = await results(healthy(), {
      exchange: { unifiedAuditLogEnabled: broken },
      domainRegistrations: { expiry: broken },
    });
    expect(unassessed(all)).toEqual({ "unified-audit-log": "failed", "expired-domains": "failed" });
    expect(all.get("unified-audit-log")?.reason).toBe("Exchange answered 403. Assign the role.");
  });

  it("leaves the domains whose registry says nothing to a note", async () => {
    const golden = healthy().put("domain", "b.example", {
      id: "b.example",
      isVerified: true,
      isInitial: false,
      isRoot: true,
    });
    const expiry = async (domain: string) => (domain === "b.example" ? undefined : Number.MAX_SAFE_INTEGER);
    const result = (await results(golden, { domainRegistrations: { expiry } })).get("expired-domains");
    expect(result).toMatchObject({ result: "ok", outOf: 2 });
    expect(result?.reason).toContain("b.example");
  });

  it("is every metric of a stream with a damaged record", async () => {
    const all = await results(healthy().put("group", "group-1", { displayName: 7 }));
    expect(unassessed(all)).toEqual({
      "administrative-users": "failed",
      "administrative-groups": "failed",
      "empty-security-groups": "failed",
      "global-administrators": "failed",
      "privileged-application-owners": "failed",
      "privileged-guests": "failed",
    });
    expect(all.get("empty-security-groups")?.reason).toContain(`The group "group-1"`);
  });
});

describe("a tenant without Conditional Access", () => {
  const unlicensed = (): Golden => {
    const golden = healthy().remove("conditionalAccessPolicy", "ca");
    golden.degraded.set("policies", lack("license-missing"));
    return golden;
  };

  it("is a finding without security defaults", async () => {
    const all = await results(unlicensed());
    expect(all.get("no-conditional-access")).toMatchObject({
      result: "finding",
      count: 1,
      reason: "It is missing: license-missing.",
    });
    expect(all.get("admin-sign-in-frequency")?.reasonCode).toBe("license-missing");
  });

  it("is none with security defaults", async () => {
    const all = await results(unlicensed().put("securityDefaultsPolicy", "defaults", { isEnabled: true }));
    expect(all.get("no-conditional-access")?.result).toBe("ok");
  });

  it("has no policy on sign-in frequency where it has none at all", async () => {
    const all = await results(healthy().remove("conditionalAccessPolicy", "ca"));
    expect(all.get("admin-sign-in-frequency")).toMatchObject({
      result: "finding",
      count: 1,
      evidence: { rows: [], total: 0 },
    });
  });
});

describe("evidence", () => {
  it("is counted wholly and kept up to the limit, the first by name, whatever the order", async () => {
    const golden = healthy();
    for (let number = 10; number < 90; number += 1) {
      golden.user(`x-${number}`, { creationType: "EmailVerified" });
    }
    for (const reversed of [false, true]) {
      const result = (await results(golden, { evidenceLimit: 3 }, reversed)).get("email-verified-accounts");
      expect(result).toMatchObject({ count: 80, evidence: { total: 80 } });
      expect(result?.evidence.rows.map(({ id }) => id)).toEqual(["x-10", "x-11", "x-12"]);
    }
  });

  it("tells how a role is held", async () => {
    const golden = healthy()
      .group("tier 0", ["user-5"], { isAssignableToRole: true })
      .role("tier 0", ids.userAdministrator, "roleEligibility");
    const row = (await results(golden))
      .get("administrative-users")
      ?.evidence.rows.find(({ id }) => id === "user-5");
    expect(row?.details.Roles).toBe('User Administrator (eligible, by "tier 0")');
  });
});
