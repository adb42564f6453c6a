import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { ExchangeState } from "../../../infra/local/tenant/exchange/state";
import { type Feeds, feedsOf } from "../../../infra/local/tenant/feeds";
import { createManagementActivityApp, Subscriptions } from "../../../infra/local/tenant/management-activity";

const now = new Date("2026-06-17T12:00:00Z").getTime();
const hour = 3_600_000;
const day = 24 * hour;
const publisher = "PublisherIdentifier=6f2c1d5e-0000-4000-8000-00000000aaaa";

interface Listed {
  readonly contentId: string;
  readonly contentUri: string;
  readonly contentCreated: string;
}
type Content = Readonly<Record<string, unknown>>;

describe("the Management Activity API", () => {
  let tenant: TestTenant;
  let feeds: Feeds;
  let app: ReturnType<typeof createManagementActivityApp>;
  let authorization: string;
  let throttling = false;

  beforeEach(async () => {
    throttling = false;
    tenant = createTestTenant({ now: new Date(now) });
    await seedDirectory(tenant, { users: 30, groups: 2, seed: 5 });
    for (const { id } of [...tenant.store.collection("feedRecipes").values()]) {
      tenant.store.collection("feedRecipes").delete(id);
    }
    feeds = feedsOf(tenant.store, openDirectory(tenant.store));
    app = createManagementActivityApp(tenant, { throttling: () => throttling });
    await signIn();
  });
  afterEach(() => tenant.close());

  async function signIn(roles: readonly string[] = ["ActivityFeed.Read"]) {
    authorization = await tenant.authorization({ api: "office365-management", roles });
  }
  const feed = () => `/api/v1.0/${tenant.settings.tenantId}/activity/feed`;
  const call = (path: string, method = "GET") =>
    app.request(path.startsWith("/") ? `${feed()}${path}` : path, { method, headers: { authorization } });
  const failure = async (response: Response) => {
    const body = (await response.json()) as { error: { code: string } };
    return [response.status, body.error.code];
  };
  const start = () => call(`/subscriptions/start?contentType=Audit.Exchange&${publisher}`, "POST");
  const content = (from: number, to: number) =>
    `/subscriptions/content?contentType=Audit.Exchange&startTime=${written(from)}&endTime=${written(to)}&${publisher}`;
  const written = (moment: number) => new Date(moment).toISOString().slice(0, 19);
  const path = (url: string) => url.replace("https://127.0.0.1:8443/manage", "");
  const seed = (more: Partial<Parameters<Feeds["seed"]>[0]> = {}) =>
    feeds.seed({ exchange: 2_000, blobs: 700, from: now - 20 * day, to: now, seed: 1, ...more });

  async function listAll(from: number, to: number): Promise<{ blobs: Listed[]; pages: number }> {
    const blobs: Listed[] = [];
    let pages = 0;
    for (let next: string | undefined = content(from, to); next !== undefined; pages += 1) {
      const response: Response = await app.request(pages === 0 ? `${feed()}${next}` : next, {
        headers: { authorization },
      });
      expect(response.status).toBe(200);
      blobs.push(...((await response.json()) as Listed[]));
      next = response.headers.get("NextPageUri") ?? undefined;
      if (next !== undefined) next = path(next);
    }
    return { blobs, pages };
  }

  async function readAll(): Promise<Content[]> {
    const records: Content[] = [];
    for (let from = now - 7 * day; from < now; from += day) {
      for (const { contentUri } of (await listAll(from, Math.min(from + day, now))).blobs) {
        records.push(
          ...((await (
            await app.request(path(contentUri), { headers: { authorization } })
          ).json()) as Content[]),
        );
      }
    }
    return records;
  }

  it("needs a token of its own, the permission, and the tenant of the token", async () => {
    const valid = authorization;
    authorization = "";
    expect((await call("/subscriptions/list")).status).toBe(401);
    await signIn([]);
    expect(await failure(await call("/subscriptions/list"))).toEqual([401, "AF10001"]);
    authorization = valid;
    const other = `/api/v1.0/11111111-1111-4111-8111-111111111111/activity/feed/subscriptions/list`;
    expect(await failure(await app.request(other, { headers: { authorization } }))).toEqual([400, "AF20010"]);
    const named = "/api/v1.0/contoso.example/activity/feed/subscriptions/list";
    expect(await failure(await app.request(named, { headers: { authorization } }))).toEqual([400, "AF20013"]);
  });

  it("starts and stops subscriptions, and gives content of enabled ones only", async () => {
    expect(await failure(await call(content(now - day, now)))).toEqual([400, "AF20022"]);
    expect(await (await start()).json()).toEqual({
      contentType: "Audit.Exchange",
      status: "enabled",
      webhook: null,
    });
    expect(await failure(await start())).toEqual([400, "AF20024"]);
    expect((await call(content(now - day, now))).status).toBe(200);
    expect((await call("/subscriptions/stop?contentType=Audit.Exchange", "POST")).status).toBe(204);
    expect(await failure(await call(content(now - day, now)))).toEqual([400, "AF20022"]);
    await start();
    expect(new Subscriptions(tenant.store, tenant.clock).disableAll()).toBe(1);
    expect(await failure(await call(content(now - day, now)))).toEqual([400, "AF20023"]);
    expect(await failure(await call("/subscriptions/start?contentType=Audit.Pages", "POST"))).toEqual([
      400,
      "AF20020",
    ]);
    expect(await failure(await call("/subscriptions/start", "POST"))).toEqual([400, "AF20001"]);
  });

  it("starts none while the organization's audit log is off", async () => {
    const exchange = new ExchangeState(tenant.store, openDirectory(tenant.store));
    exchange.set("adminAuditLog", { UnifiedAuditLogIngestionEnabled: false });
    expect(await failure(await start())).toEqual([400, "AF20012"]);
  });

  it("takes windows of at most 24 hours within seven days", async () => {
    await start();
    for (const [from, to] of [
      [now - 2 * day, now],
      [now - 8 * day, now - 7.5 * day],
      [now, now - hour],
    ] as const) {
      expect(await failure(await call(content(from, to)))).toEqual([400, "AF20030"]);
    }
    const half = `/subscriptions/content?contentType=Audit.Exchange&startTime=${written(now - hour)}`;
    expect(await failure(await call(half))).toEqual([400, "AF20030"]);
    expect(await failure(await call(`${half}&endTime=soon`))).toEqual([400, "AF20002"]);
    expect(await failure(await call(`${content(now - day, now)}&nextPage=nonsense`))).toEqual([
      400,
      "AF20031",
    ]);
  });

  it("gives every record by pages of content, some in two blobs, times without a zone", async () => {
    await start();
    seed({ blobs: 1_200 });
    const busiest = await listAll(now - day, now);
    expect(busiest.pages).toBeGreaterThan(1);
    const records = await readAll();
    const ids = new Set(records.map(({ Id }) => Id));
    expect(ids).toEqual(new Set(feeds.content.recordIds(now)));
    expect(records.length).toBeGreaterThan(ids.size);
    expect(records.every(({ CreationTime }) => /T\d{2}:\d{2}:\d{2}$/.test(String(CreationTime)))).toBe(true);
    const logons = new Set(records.map(({ LogonType }) => LogonType));
    expect(logons).toEqual(new Set([0, 1, 2, 4, undefined]));
    const own = records.filter(({ LogonType }) => LogonType === 0);
    expect(own.every(({ LogonUserSid, MailboxOwnerSid }) => LogonUserSid === MailboxOwnerSid)).toBe(true);
    const others = records.filter(({ LogonType }) => LogonType === 1 || LogonType === 2);
    const foreign = others.filter(({ LogonUserSid, MailboxOwnerSid }) => LogonUserSid !== MailboxOwnerSid);
    expect(foreign.length).toBeGreaterThan(others.length * 0.9);
  });

  it("keeps content seven days and knows its ids", async () => {
    await start();
    seed();
    const [blob] = (await listAll(now - 6.9 * day, now - 6 * day)).blobs;
    const read = async () => app.request(path(blob?.contentUri ?? ""), { headers: { authorization } });
    expect((await read()).status).toBe(200);
    tenant.clock.advance(day);
    await signIn();
    expect(await failure(await read())).toEqual([400, "AF20051"]);
    expect(await failure(await call("/audit/20260101000000000$000100000000$audit_exchange"))).toEqual([
      400,
      "AF20050",
    ]);
  });

  it("holds back first content, grows while it is read, and shows late blobs later", async () => {
    feeds.set({ firstContentDelay: hour });
    seed();
    await start();
    expect((await listAll(now - day, now)).blobs).toEqual([]);
    feeds.set({ firstContentDelay: 0, growth: 1 });
    const first = (await listAll(now - day, now)).blobs.length;
    expect((await listAll(now - day, now)).blobs.length).toBe(first + 1);
    expect((await listAll(now - day, now)).blobs.length).toBe(first + 1);
    feeds.content.plant(now - hour, now + hour / 2, feeds.content.fresh(1, now - hour));
    expect((await listAll(now - day, now)).blobs.length).toBe(first + 1);
    tenant.clock.advance(hour / 2);
    expect((await listAll(now - day, now)).blobs.length).toBe(first + 2);
  });

  it("has records that can't be read, and of ten megabytes", async () => {
    await start();
    seed({ exchange: 20, blobs: 20, malformed: 3, huge: 1 });
    const records = await readAll();
    const malformed = new Set(feeds.content.recordIds(now, true));
    expect(malformed.size).toBe(3);
    expect(records.filter(({ Id }) => malformed.has(String(Id))).length).toBeGreaterThanOrEqual(3);
    expect(records.some((record) => JSON.stringify(record).length > 10 * 1024 * 1024)).toBe(true);
  });

  it("refuses with 403 and AF429 more than 2,000 requests a minute of one publisher", async () => {
    throttling = true;
    let last = await call(`/subscriptions/list?${publisher}`);
    for (let request = 1; request < 2_000; request += 1)
      last = await call(`/subscriptions/list?${publisher}`);
    expect(last.status).toBe(200);
    expect(await failure(await call(`/subscriptions/list?${publisher}`))).toEqual([403, "AF429"]);
    expect((await call("/subscriptions/list")).status).toBe(200);
    tenant.clock.advance(1_000);
    expect((await call(`/subscriptions/list?${publisher}`)).status).toBe(200);
  });

  it("makes 100,000 records in 1,000 blobs quickly", async () => {
    await start();
    seed({ exchange: 100_000, blobs: 1_000 });
    const started = performance.now();
    expect(new Set((await readAll()).map(({ Id }) => Id)).size).toBe(100_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
