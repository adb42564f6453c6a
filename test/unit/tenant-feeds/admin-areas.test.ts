import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adminAreas } from "../../../infra/local/tenant/admin-areas";
import { BadRequestError } from "../../../infra/local/tenant/core/admin-body";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type Entity, type GraphClient, graphClient } from "../graph/graph-client";

const now = new Date("2026-06-17T12:00:00Z");

describe("areas of the admin endpoint", () => {
  let graph: GraphClient;
  let app: Hono;
  let keys: ReturnType<typeof adminAreas>["keys"];

  beforeEach(async () => {
    graph = await graphClient(["AuditLog.Read.All", "Policy.Read.All", "Directory.Read.All"], { now });
    await seedDirectory(graph.tenant, { users: 100, groups: 10, seed: 5 });
    const areas = adminAreas(graph.tenant);
    keys = areas.keys;
    app = new Hono();
    for (const [area, routes] of Object.entries(areas.areas)) app.route(`/${area}`, routes);
    app.onError((error, context) => {
      if (error instanceof BadRequestError) return context.json({ message: error.message }, 400);
      throw error;
    });
  });
  afterEach(() => graph.tenant.close());

  async function call(method: string, path: string, body?: unknown) {
    const response = await app.request(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as never };
  }
  const count = (list: string) => [...(keys(list) ?? [])].length;

  it("make events, plant single ones and tell their ids", async () => {
    const before = count("signIns");
    const made = await call("POST", "/logs", {
      signIns: 100,
      audits: 50,
      exchange: 30,
      blobs: 3,
      malformed: 2,
    });
    expect(made).toMatchObject({ status: 201, body: { signIns: before + 100 } });
    expect(count("signIns")).toBe(before + 100);
    expect(count("malformedExchangeRecords")).toBe(2);
    const planted = await call("POST", "/logs/events", {
      feed: "signIns",
      at: "2026-06-17T11:00:00Z",
      events: [{ id: "planted", userPrincipalName: "ann@contoso.example" }],
    });
    expect(planted.body).toEqual({ planted: ["planted"] });
    expect([...(keys("signIns") ?? [])]).toContain("planted");
    expect((await graph.get("/v1.0/auditLogs/signIns/planted")).body.userPrincipalName).toBe(
      "ann@contoso.example",
    );
    const records = count("exchangeRecords");
    await call("POST", "/logs/events", { feed: "exchange", fresh: 7, delay: 60_000 });
    expect(count("exchangeRecords")).toBe(records);
    graph.tenant.clock.advance(60_000);
    expect(count("exchangeRecords")).toBe(records + 7);
    expect((await call("POST", "/logs/events", { feed: "exchange" })).status).toBe(400);
  });

  it("put exact cases in: policies, registrations, activity", async () => {
    const put = (name: string, entities: readonly object[]) =>
      call("PUT", `/entities/${name}`, { entities, merge: true });
    await put("policies", [{ id: "authorizationPolicy", properties: { allowedToUseSSPR: false } }]);
    const policy = await graph.get("/v1.0/policies/authorizationPolicy");
    expect(policy.body).toMatchObject({ allowedToUseSSPR: false, allowInvitesFrom: "everyone" });
    const details = "/v1.0/reports/authenticationMethods/userRegistrationDetails?$top=1000";
    const { value } = (await graph.get(details)).body;
    const registered = value.find(({ isMfaRegistered }) => isMfaRegistered === true);
    expect(value.filter(({ isMfaRegistered }) => isMfaRegistered === false).length).toBeGreaterThan(0);
    await put("registrations", [{ id: registered?.id ?? "", properties: { isMfaRegistered: false } }]);
    const again = (await graph.get(details)).body.value.find(({ id }) => id === registered?.id);
    expect(again?.isMfaRegistered).toBe(false);
    const activities = "/beta/reports/servicePrincipalSignInActivities";
    const used: readonly Entity[] = (await graph.get(activities)).body.value;
    expect(used.length).toBeGreaterThan(0);
    expect((await call("DELETE", "/entities/users")).body).toEqual({ deleted: 100 });
    expect((await graph.get(details)).body.value).toEqual([]);
    expect((await call("PUT", "/entities/nonsense", { entities: [] })).status).toBe(400);
  });
});
