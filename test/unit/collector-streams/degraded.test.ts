import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GraphError } from "../../../components/collector/function/graph/errors";
import { streams } from "../../../components/collector/function/streams";
import type { PlainEntity } from "../../../infra/local/tenant/directory/model";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type GraphClient, graphClient } from "../graph/graph-client";
import { newGroup } from "./churn";
import { keysOf } from "./known";
import { readEverything } from "./permissions";
import { runStream } from "./run-stream";
import { type TenantReader, tenantReader } from "./tenant-reader";

let client: GraphClient;
let graph: TenantReader;

beforeEach(async () => {
  client = await graphClient([...readEverything, "AuditLog.Read.All"]);
  await seedDirectory(client.tenant, { users: 30, groups: 8, seed: 5 });
  graph = tenantReader(client);
});
afterEach(() => client.tenant.close());

const directory = () => openDirectory(client.tenant.store);
let skus: PlainEntity[] = [];
const dropPremium = () => {
  skus = [...directory().subscribedSkus.values()];
  for (const { id } of skus) directory().subscribedSkus.delete(id);
};
const seedSkus = () => {
  for (const sku of skus) directory().subscribedSkus.put(sku);
};

describe("a tenant without P1 and P2", () => {
  it.each(["risky-users", "risky-service-principals"] as const)(
    "degrades %s and keeps what was known",
    async (name) => {
      const before = await runStream(streams[name], { graph });
      expect(before.end).toMatchObject({ read: "everything", degraded: [] });
      dropPremium();
      const { end, known } = await runStream(streams[name], { graph }, before.known);
      expect(end.degraded).toEqual([
        { code: "license-missing", message: expect.stringContaining("is missing: ") },
      ]);
      expect(known).toEqual(before.known);
    },
  );

  it("degrades eligibility for directory roles and nothing else of them", async () => {
    const before = await runStream(streams["directory-roles"], { graph });
    expect(keysOf(before.known, "roleEligibility").length).toBeGreaterThan(0);
    dropPremium();
    const [gone] = directory().directoryRoleAssignments.values();
    directory().directoryRoleAssignments.delete(gone!.id);
    const { end, known } = await runStream(streams["directory-roles"], { graph }, before.known);
    expect(end.degraded).toMatchObject([{ code: "license-missing" }]);
    expect(keysOf(known, "roleEligibility")).toEqual(keysOf(before.known, "roleEligibility"));
    expect(keysOf(known, "roleAssignment")).not.toContain(gone!.id);
  });

  it("degrades users' last sign-in", async () => {
    const before = await runStream(streams.users, { graph, signInActivity: true });
    expect(keysOf(before.known, "userSignInActivity").length).toBeGreaterThan(5);
    dropPremium();
    const choice = { graph, signInActivity: true, checkpoint: before.end.checkpoint };
    const { end, known } = await runStream(streams.users, choice, before.known);
    expect(end.degraded).toMatchObject([{ code: "license-missing" }]);
    expect(known).toEqual(before.known);
    const again = await runStream(streams.users, { ...choice, checkpoint: end.checkpoint }, known);
    expect(again.end.degraded).toHaveLength(1);
    seedSkus();
    const licensed = await runStream(streams.users, { ...choice, checkpoint: again.end.checkpoint }, known);
    expect(licensed.end.degraded).toEqual([]);
  });
});

describe("a part that may not be read", () => {
  it("is an error that names the permission", async () => {
    const blind = tenantReader(await client.as(["User.Read.All"]));
    const run = runStream(streams.users, { graph: blind, signInActivity: true });
    await expect(run).rejects.toMatchObject({
      kind: "forbidden",
      details: { permission: "AuditLog.Read.All" },
    });
  });

  it("is an error when only the owners of applications are refused", async () => {
    graph.intercept = (path) =>
      path.includes("$expand=owners")
        ? {
            status: 403,
            body: { error: { code: "Authorization_RequestDenied", message: "Insufficient privileges." } },
          }
        : undefined;
    await expect(runStream(streams.applications, { graph })).rejects.toMatchObject({
      kind: "forbidden",
      details: { permission: "Application.Read.All" },
    });
  });

  it("is said when members are hidden, by pages and by changes, and gone with the permission", async () => {
    const seeing = tenantReader(await client.as([...readEverything, "Member.Read.Hidden"]));
    const people = [...directory().users.values()];
    const hide = (name: string) => {
      const { id } = directory().groups.put(newGroup(name, { visibility: "HiddenMembership" }));
      const memberId = people[0]!.id;
      directory().memberships.put({ id: `${id}:${memberId}`, containerId: id, memberId });
      return `${id}/${memberId}`;
    };
    const open = await runStream(streams.groups, { graph });
    expect(open.end.degraded).toEqual([]);
    const hidden = hide("Hidden");
    const changed = await runStream(streams.groups, { graph, checkpoint: open.end.checkpoint }, open.known);
    const full = await runStream(streams.groups, { graph });
    for (const { end, known } of [changed, full]) {
      expect(end.degraded).toEqual([
        { code: "permission-missing", message: expect.stringContaining("Member.Read.Hidden") },
      ]);
      expect(keysOf(known, "groupMember")).not.toContain(hidden);
    }
    const seen = await runStream(streams.groups, { graph: seeing });
    const granted = { graph: seeing, checkpoint: full.end.checkpoint };
    const resynced = await runStream(streams.groups, granted, full.known);
    expect(resynced.resyncs).toEqual(["Hidden members can be seen now."]);
    expect([...resynced.known].sort()).toEqual([...seen.known].sort());
    expect(seen.end.degraded).toEqual([]);
    expect(keysOf(seen.known, "groupMember")).toContain(hidden);
  });
});

describe("an update that holds fewer properties than were selected", () => {
  it("is completed before it is stored", async () => {
    const first = await runStream(streams.users, { graph });
    const [user] = directory().users.values();
    directory().users.put({ ...user!, displayName: "Another name" });
    graph.intercept = (path) =>
      path.startsWith("/users/delta")
        ? {
            status: 200,
            body: {
              value: [{ id: user!.id, displayName: "Another name" }],
              "@odata.deltaLink": "https://graph.test/graph/v1.0/users/delta?$deltatoken=next",
            },
          }
        : undefined;
    const second = await runStream(streams.users, { graph, checkpoint: first.end.checkpoint }, first.known);
    graph.intercept = () => undefined;
    const truth = await runStream(streams.users, { graph });
    expect(second.changes).toHaveLength(1);
    expect([...second.known].sort()).toEqual([...truth.known].sort());
  });
});

describe("a wrong answer", () => {
  it("is an error, never a stored object", async () => {
    graph.intercept = (path) =>
      path.startsWith("/users?")
        ? { status: 200, body: { value: [{ id: "1", userPrincipalName: 7 }] } }
        : undefined;
    await expect(runStream(streams.users, { graph })).rejects.toThrow(/userPrincipalName has another shape/);
  });

  it("is an error when changes end without a delta link", async () => {
    graph.intercept = (path) =>
      path.startsWith("/users/delta") ? { status: 200, body: { value: [] } } : undefined;
    await expect(runStream(streams.users, { graph })).rejects.toBeInstanceOf(GraphError);
  });

  it("tolerates values that Microsoft adds to an enumeration", async () => {
    graph.intercept = (path) =>
      path.startsWith("/identityProtection/riskyUsers")
        ? {
            status: 200,
            body: { value: [{ id: "1", riskLevel: "catastrophic", riskState: "unknownFutureValue" }] },
          }
        : undefined;
    const { known } = await runStream(streams["risky-users"], { graph });
    expect(known.get("riskyUser 1")).toMatchObject({ riskLevel: "catastrophic" });
  });
});
