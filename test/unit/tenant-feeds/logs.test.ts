import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type Feeds, feedsOf } from "../../../infra/local/tenant/feeds";
import { type Entity, type GraphClient, graphClient } from "../graph/graph-client";

const now = new Date("2026-06-17T12:00:00Z");
const roles = ["AuditLog.Read.All", "Directory.Read.All"];
const day = 86_400_000;
const graphRoot = "https://127.0.0.1:8443/graph";

describe("audit and sign-in logs", () => {
  let graph: GraphClient;
  let feeds: Feeds;

  beforeEach(async () => {
    graph = await graphClient(roles, { now });
    await seedDirectory(graph.tenant, { users: 30, groups: 2, seed: 5 });
    graph.tenant.store.collection("feedRecipes").delete("recipe-1");
    graph.tenant.store.collection("feedRecipes").delete("recipe-2");
    feeds = feedsOf(graph.tenant.store, openDirectory(graph.tenant.store));
  });
  afterEach(() => graph.tenant.close());

  const seed = (more: Partial<Parameters<Feeds["seed"]>[0]>) =>
    feeds.seed({ from: now.getTime() - 20 * day, to: now.getTime(), seed: 1, ...more });

  async function readAll(path: string): Promise<{ entries: Entity[]; pages: number }> {
    const entries: Entity[] = [];
    let pages = 0;
    let next: string | undefined = path;
    while (next !== undefined) {
      const reply = await graph.get(next);
      expect(reply.status, reply.text).toBe(200);
      entries.push(...reply.body.value);
      pages += 1;
      next = reply.body["@odata.nextLink"]?.replace(graphRoot, "");
    }
    return { entries, pages };
  }
  const ids = (entries: readonly Entity[]) => new Set(entries.map(({ id }) => id));

  it("give every interactive sign-in by v1.0, newest first but for neighbours, some twice", async () => {
    seed({ signIns: 6_000 });
    const { entries } = await readAll("/v1.0/auditLogs/signIns?$top=200");
    const all = new Set(feeds.signIns.ids(now.getTime()));
    expect(entries.every(({ id }) => all.has(id))).toBe(true);
    expect(entries.every(({ isInteractive }) => isInteractive === true)).toBe(true);
    expect(entries[0]).not.toHaveProperty("signInEventTypes");
    const times = entries.map(({ createdDateTime }) => Date.parse(String(createdDateTime)));
    expect(times).not.toEqual(times.toSorted((a, b) => b - a));
    expect((times[0] ?? 0) > (times.at(-1) ?? 0)).toBe(true);
    expect(ids(entries).size).toBeLessThan(entries.length);
    const strict = await readAll("/v1.0/auditLogs/signIns?$top=500&$orderby=createdDateTime asc");
    const ascending = strict.entries.map(({ createdDateTime }) => Date.parse(String(createdDateTime)));
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    expect(ids(strict.entries)).toEqual(ids(entries));
  });

  it("give all kinds by beta, each by its name, and together what there is", async () => {
    seed({ signIns: 3_000 });
    const found: Entity[] = [];
    for (const kind of ["interactiveUser", "nonInteractiveUser", "servicePrincipal", "managedIdentity"]) {
      const { entries } = await readAll(
        `/beta/auditLogs/signIns?$filter=signInEventTypes/any(t: t eq '${kind}')`,
      );
      expect(entries.length).toBeGreaterThan(50);
      expect(entries.every(({ signInEventTypes }) => String(signInEventTypes) === kind)).toBe(true);
      found.push(...entries);
    }
    expect(ids(found)).toEqual(new Set(feeds.signIns.ids(now.getTime())));
    const usual = await readAll("/beta/auditLogs/signIns");
    expect(usual.entries.every(({ isInteractive }) => isInteractive)).toBe(true);
    const refused = await graph.get(
      "/v1.0/auditLogs/signIns?$filter=signInEventTypes/any(t: t eq 'servicePrincipal')",
    );
    expect(refused.status).toBe(400);
  });

  it("are filtered by time and outcome", async () => {
    seed({ signIns: 4_000, audits: 2_000 });
    const from = new Date(now.getTime() - 3 * day).toISOString();
    const to = new Date(now.getTime() - 2 * day).toISOString();
    const span = `createdDateTime ge ${from} and createdDateTime lt ${to}`;
    const all = await readAll(`/v1.0/auditLogs/signIns?$filter=${span}`);
    const failed = await readAll(`/v1.0/auditLogs/signIns?$filter=${span} and status/errorCode ne 0`);
    const good = await readAll(`/v1.0/auditLogs/signIns?$filter=(${span}) and status/errorCode eq 0`);
    expect(failed.entries.length).toBeGreaterThan(0);
    expect(failed.entries.length).toBeLessThan(good.entries.length);
    expect(new Set([...ids(failed.entries), ...ids(good.entries)])).toEqual(ids(all.entries));
    for (const { createdDateTime } of all.entries) {
      expect(Date.parse(String(createdDateTime))).toBeGreaterThanOrEqual(Date.parse(from));
      expect(Date.parse(String(createdDateTime))).toBeLessThan(Date.parse(to));
    }
    const audits = await readAll(`/v1.0/auditLogs/directoryAudits?$filter=activityDateTime gt ${from}`);
    const expected = new Set(feeds.directoryAudits.ids(now.getTime(), Date.parse(from)));
    expect(ids(audits.entries)).toEqual(expected);
  });

  it("are kept 30 days, seven in a free tenant, and sign-ins not shown there at all", async () => {
    seed({ audits: 1_000, from: now.getTime() - 60 * day });
    const shown = async () => ids((await readAll("/v1.0/auditLogs/directoryAudits")).entries).size;
    const within = (days: number) => [
      ...feeds.directoryAudits.ids(now.getTime(), now.getTime() - days * day),
    ];
    expect(await shown()).toBe(within(30).length);
    for (const sku of openDirectory(graph.tenant.store).subscribedSkus.values()) {
      openDirectory(graph.tenant.store).subscribedSkus.delete(sku.id);
    }
    expect(await shown()).toBe(within(7).length);
    const signIns = await graph.get("/v1.0/auditLogs/signIns");
    expect(signIns.status).toBe(403);
    expect(signIns.body.error.code).toBe("Authentication_RequestFromNonPremiumTenantOrB2CTenant");
  });

  it("show events when they have arrived: most in minutes, the last within a day", async () => {
    seed({ audits: 5_000, from: now.getTime() - 2 * day, late: true });
    const shown = async () => ids((await readAll("/v1.0/auditLogs/directoryAudits")).entries);
    const first = await shown();
    expect(first.size).toBeGreaterThan(4_800);
    expect(first.size).toBeLessThan(5_000);
    graph.tenant.clock.advance(10 * 60_000);
    expect((await shown()).size).toBeGreaterThan(first.size);
    graph.tenant.clock.advance(day);
    graph = await graph.as(roles);
    expect((await shown()).size).toBe(5_000);
  });

  it("take single events, show them by id, and can be without directoryAudits", async () => {
    const at = now.getTime() - 3_600_000;
    const id = feeds.plant("directoryAudits", at, now.getTime() + 60_000, { activityDisplayName: "Late" });
    expect((await graph.get(`/v1.0/auditLogs/directoryAudits/${id}`)).status).toBe(404);
    graph.tenant.clock.advance(60_000);
    expect((await graph.get(`/v1.0/auditLogs/directoryAudits/${id}`)).body.activityDisplayName).toBe("Late");
    seed({ signIns: 100 });
    const { body } = await graph.get("/v1.0/auditLogs/signIns?$top=3");
    const one = await graph.get(`/v1.0/auditLogs/signIns/${body.value[1]?.id}`);
    expect(one.body.id).toBe(body.value[1]?.id);
    feeds.set({ directoryAudits: false });
    const refused = await graph.get("/v1.0/auditLogs/directoryAudits");
    expect([refused.status, refused.body.error.code]).toEqual([400, "BadRequest"]);
  });

  it("answer a page of a million as fast as one of a thousand", async () => {
    seed({ signIns: 1_000_000 });
    const started = performance.now();
    let next: string | undefined = "/v1.0/auditLogs/signIns?$top=1000&$filter=status/errorCode ne 0";
    for (let page = 0; page < 5 && next !== undefined; page += 1) {
      const reply = await graph.get(next);
      expect(reply.body.value.length).toBeGreaterThanOrEqual(700);
      next = reply.body["@odata.nextLink"]?.replace(graphRoot, "");
    }
    // A walk over all of them takes several seconds.
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
