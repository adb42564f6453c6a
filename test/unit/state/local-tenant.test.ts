/** From the local tenant's seed through the collector's streams and a folder to the assessment. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StreamName } from "../../../components/collector/function/model/stream-names";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { streams } from "../../../components/collector/function/streams";
import { assess, collectedState, type MetricResult } from "../../../components/state";
import { streamOrder } from "../../../components/state/records";
import { type Directory, openDirectory } from "../../../infra/local/tenant/directory/open";
import { registrationOf } from "../../../infra/local/tenant/directory/registrations";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { connector } from "../collector-runtime/synthetic";
import { newGroup } from "../collector-streams/churn";
import { readEverything } from "../collector-streams/permissions";
import { tenantReader } from "../collector-streams/tenant-reader";
import { type GraphClient, graphClient } from "../graph/graph-client";

const folder = mkdtempSync(join(tmpdir(), "state-"));
let client: GraphClient;
let directory: Directory;
let store: CollectorStore;

async function collect(
  names: readonly StreamName[],
  into: CollectorStore,
  from: GraphClient,
  signInActivity = true,
) {
  for (const name of names) {
    const graph = tenantReader(from);
    await runStream({
      stream: streams[name],
      connector: { ...connector, signInActivity },
      graph,
      store: into,
    });
  }
}

async function assessed(from: CollectorStore): Promise<(id: string) => MetricResult> {
  const { metrics } = await assess(collectedState(from, connector.slug), {
    now: new Date(client.tenant.clock.now()),
    evidenceLimit: 100_000,
  });
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  return (id) => byId.get(id) ?? expect.fail(id);
}

const idsOf = ({ evidence }: MetricResult) => evidence.rows.map(({ id }) => id).sort();

beforeAll(async () => {
  client = await graphClient(readEverything);
  await seedDirectory(client.tenant, { users: 400, groups: 60, seed: 1 });
  directory = openDirectory(client.tenant.store);
  directory.groups.put(newGroup("Forgotten"));
  store = openFolderStore(folder);
  await collect(streamOrder, store, client);
});
afterAll(() => {
  client.tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the local tenant's seed, collected and assessed", () => {
  it("is assessed wholly but for what is off", async () => {
    const { metrics, tenant } = await assess(collectedState(store, connector.slug), { tenantId: "t" });
    const open = metrics.filter(({ result }) => result === "not-assessed").map(({ id }) => id);
    expect(open).toEqual(["unified-audit-log", "expired-domains"]);
    expect(tenant).toEqual({ id: "t", displayName: "Contoso", connector: connector.slug });
    for (const { id, asOf } of metrics)
      if (!open.includes(id)) expect(Date.parse(asOf ?? ""), id).not.toBeNaN();
  });

  it("shows what the tenant itself knows", async () => {
    const metric = await assessed(store);
    const users = [...directory.users.values()];
    const enabled = users.filter(({ accountEnabled }) => accountEnabled);
    const verified = users.filter(({ properties }) => properties.creationType === "EmailVerified");
    expect(idsOf(metric("email-verified-accounts"))).toEqual(verified.map(({ id }) => id).sort());
    const eternal = enabled.filter(
      ({ properties }) => properties.passwordPolicies === "DisablePasswordExpiration",
    );
    expect(idsOf(metric("password-never-expires"))).toEqual(eternal.map(({ id }) => id).sort());
    const bare = enabled.filter(
      (user) => user.userType === "Member" && registrationOf(directory, user).isMfaRegistered === false,
    );
    expect(idsOf(metric("users-without-mfa"))).toEqual(bare.map(({ id }) => id).sort());
    const inhabited = new Set([...directory.memberships.values()].map(({ containerId }) => containerId));
    const empty = [...directory.groups.values()].filter(
      (one) => one.securityEnabled && !inhabited.has(one.id),
    );
    expect(idsOf(metric("empty-security-groups"))).toEqual(empty.map(({ id }) => id).sort());
    for (const found of [verified, eternal, bare, empty]) expect(found.length).toBeGreaterThan(0);
  });

  it("finds the cases that the seed holds for a review", async () => {
    const metric = await assessed(store);
    const permissions = metric("privileged-applications").evidence.rows.map(({ details }) =>
      String(details.Permissions),
    );
    for (const value of ["RoleManagement.ReadWrite.Directory", "Mail.ReadWrite", "Directory.ReadWrite.All"]) {
      expect(
        permissions.some((text) => text.includes(`${value} of Microsoft Graph`)),
        value,
      ).toBe(true);
    }
    expect(metric("privileged-guests").evidence.rows).toHaveLength(1);
    expect(metric("global-administrators")).toMatchObject({ result: "ok", count: 2 });
    expect(metric("no-conditional-access").result).toBe("ok");
    expect(metric("admin-sign-in-frequency").result).toBe("finding");
    expect(metric("default-user-permissions").result).toBe("finding");
    expect(metric("unused-credentials").result).toBe("finding");
    expect(metric("stale-guests").count + metric("inactive-users").count).toBeGreaterThan(0);
  });

  it("names the licence of a free tenant, and what was not collected", async () => {
    const free = await graphClient(readEverything);
    const elsewhere = openFolderStore(mkdtempSync(join(folder, "free-")));
    try {
      await seedDirectory(free.tenant, { users: 60, groups: 15, seed: 3, edition: "Free" });
      const collected = ["policies", "users", "registration-details"] as const;
      await collect(collected, elsewhere, free);
      const metric = await assessed(elsewhere);
      expect(metric("stale-guests").reasonCode).toBe("license-missing");
      expect(metric("users-without-mfa").reasonCode).toBe("license-missing");
      expect(metric("no-conditional-access")).toMatchObject({ result: "finding", count: 1 });
      expect(metric("email-verified-accounts").result).not.toBe("not-assessed");
      expect(metric("empty-security-groups")).toMatchObject({ reasonCode: "stream-missing" });
    } finally {
      free.tenant.close();
    }
  });

  it("names the permission that is missing", async () => {
    const blind = await client.as(["User.Read.All"]);
    const elsewhere = openFolderStore(mkdtempSync(join(folder, "blind-")));
    await collect(["policies", "users"], elsewhere, blind, false);
    const metric = await assessed(elsewhere);
    expect(metric("self-service-password-reset")).toMatchObject({ reasonCode: "permission-missing" });
    expect(metric("self-service-password-reset").reason).toContain("Policy.Read.All");
    expect(metric("inactive-users").reasonCode).toBe("opt-in-off");
  });
});
