/** Streams of events against a whole tenant under faults: ids are compared with what its feeds hold. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import type { FaultRequest } from "../../../infra/local/tenant/core/faults";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { dyingStore } from "../../unit/collector-runtime/dying-store";
import { day, type EventStream, EventWorld, eventStreams, hour, serviceOf } from "./event-world";
import type { World } from "./world";

let events: EventWorld;
let world: World;

beforeAll(async () => {
  events = await EventWorld.make({ signIns: 4_000, audits: 2_500, exchange: 3_000, blobs: 250 });
  world = events.world;
});
afterEach(() => world.admin("DELETE", "/faults"));
afterAll(() => world.end());

const inject = (fault: Partial<FaultRequest>) =>
  world.admin("POST", "/faults", { service: "graph", ...fault });
const pass = (milliseconds: number) => events.pass(milliseconds);
const now = () => events.now();
const run = (stream: EventStream, store: CollectorStore) => events.run(stream, store);
const keys = (stream: EventStream, store: CollectorStore, type: string) => events.keys(stream, store, type);
const expectWhole = (store: CollectorStore, stream: EventStream) => events.expectWhole(store, stream);

describe.each(eventStreams)("%s", (stream) => {
  it("holds every event once, those too that are shown a day late", async () => {
    const { store } = world.newStore();
    expect((await run(stream, store)).state).toBe("connected");
    await expectWhole(store, stream);
    await world.admin("POST", "/logs", {
      signIns: 300,
      audits: 300,
      exchange: 300,
      late: true,
      days: 0.5,
      seed: 7,
    });
    for (let runs = 0; runs < 5; runs += 1) {
      await run(stream, store);
      pass(6 * hour);
    }
    expect((await run(stream, store)).state).toBe("connected");
    await expectWhole(store, stream);
  });

  it.each([
    ["429", { status: 429, retryAfter: "3", remaining: 3 }],
    ["429 without Retry-After", { status: 429, remaining: 3 }],
    ["429 with a Retry-After of more than two minutes", { status: 429, retryAfter: "125", remaining: 2 }],
    ["500", { status: 500, remaining: 3 }],
    ["connections reset in mid-body", { reply: "reset", remaining: 3 }],
    ["JSON that ends too early", { reply: "truncated", remaining: 2 }],
    ["a refused token", { status: 401, remaining: 1 }],
  ] as const)("outlasts %s", async (_, fault) => {
    const { store } = world.newStore();
    await inject({ ...fault, service: serviceOf(stream), skip: 2 });
    expect((await run(stream, store)).state).toBe("connected");
    await expectWhole(store, stream);
  });

  it("is whole when it is killed at any write", async () => {
    const { store } = world.newStore();
    for (const at of [1, 3, 5, 8, 13, 21]) {
      const dying = dyingStore(store, { at, after: at % 2 === 0 });
      await world.run(stream, dying.store, { connector: events.connector, now }).catch(() => undefined);
      await dying.bury();
    }
    expect((await run(stream, store)).state).toBe("connected");
    await expectWhole(store, stream);
  });
});

describe("pages of a log", () => {
  it.each([
    ["a duplicate page", { reply: "duplicate-page", remaining: 2 }],
    ["pages out of order", { reply: "swapped-pages", remaining: 1 }],
    ["short pages", { reply: "short-page", remaining: 3 }],
    ["empty pages", { reply: "empty-page", remaining: 2 }],
    [
      "an expired page token",
      {
        query: "skiptoken",
        status: 400,
        code: "BadRequest",
        message: "Skip token is expired.",
        remaining: 1,
      },
    ],
  ] as const)("%s", async (_, fault) => {
    const { store } = world.newStore();
    await inject({ ...fault, path: "auditLogs" });
    expect((await run("sign-ins", store)).state).toBe("connected");
    await expectWhole(store, "sign-ins");
  });
});

describe("a next link that leads back", () => {
  it.each(["directory-audits", "sign-ins"] as const)(
    "is an error of %s, not a run without end",
    async (stream) => {
      const { store } = world.newStore();
      await inject({ reply: "looping-link", path: "auditLogs" });
      expect(await run(stream, store)).toMatchObject({
        state: "error",
        problem: { code: "malformed-reply" },
      });
      await world.admin("DELETE", "/faults");
      expect((await run(stream, store)).state).toBe("connected");
      await expectWhole(store, stream);
    },
  );
});

describe("a tenant without P1 or P2, or a cloud without the log", () => {
  it("is said in the status; what it does offer is collected, and the rest as soon as it is offered", async () => {
    const skus = openDirectory(world.running.tenant.store).subscribedSkus;
    const owned = [...skus.values()];
    const stores = { signIns: world.newStore().store, audits: world.newStore().store };
    for (const { id } of owned) skus.delete(id);
    await world.admin("PUT", "/logs/settings", { directoryAudits: false });
    expect(await run("sign-ins", stores.signIns)).toMatchObject({
      state: "degraded",
      problem: { code: "license-missing", message: expect.stringMatching(/^Sign-ins are missing/) },
    });
    expect(await run("directory-audits", stores.audits)).toMatchObject({
      state: "degraded",
      problem: {
        code: "not-offered",
        message: expect.stringMatching(/^Changes in the directory are missing/),
      },
    });
    for (const sku of owned) skus.put(sku);
    await world.admin("PUT", "/logs/settings", { directoryAudits: true });
    expect((await run("sign-ins", stores.signIns)).state).toBe("connected");
    expect((await run("directory-audits", stores.audits)).state).toBe("connected");
    await expectWhole(stores.signIns, "sign-ins");
    await expectWhole(stores.audits, "directory-audits");
  });
});

describe("the Exchange feed", () => {
  const service = "office365-management";

  it("waits when AF429 comes as 403", async () => {
    const { store } = world.newStore();
    const message = "Too many requests. Method=GetBlob, PublisherId=x";
    await inject({ service, path: "/audit/", status: 403, code: "AF429", message, remaining: 4 });
    const status = await run("exchange-activity", store);
    expect(status).toMatchObject({ state: "connected", run: { throttled: 4 } });
    await expectWhole(store, "exchange-activity");
  });

  it("names the content that fails for good, and reads it when it can be had", async () => {
    const { store } = world.newStore();
    const to = now().getTime() - day;
    const [content] = events.feeds.content.walk({
      from: to - 4 * day,
      to,
      descending: false,
      after: undefined,
    });
    const id = content?.source.event(content.place).id ?? "";
    await inject({ service, path: id.replaceAll("$", "\\$"), status: 500 });
    const status = await run("exchange-activity", store);
    expect(status).toMatchObject({ state: "degraded", problem: { code: "gap" } });
    expect(await keys("exchange-activity", store, "gap")).toHaveLength(1);
    await world.admin("DELETE", "/faults");
    expect((await run("exchange-activity", store)).state).toBe("connected");
    await expectWhole(store, "exchange-activity");
  });

  it("goes on when the subscription is disabled in mid-run", async () => {
    const { store } = world.newStore();
    await run("exchange-activity", store);
    await world.admin("POST", "/logs/subscriptions/disable");
    pass(hour);
    expect(await run("exchange-activity", store)).toMatchObject({
      state: "degraded",
      problem: { code: "gap" },
    });
    pass(day);
    await run("exchange-activity", store);
    await expectWhole(store, "exchange-activity");
  });

  it("takes content that appears in a window while that is listed", async () => {
    const { store } = world.newStore();
    await world.admin("PUT", "/logs/settings", { growth: 3 });
    await run("exchange-activity", store);
    pass(hour);
    await run("exchange-activity", store);
    await expectWhole(store, "exchange-activity");
  });

  it("takes an event of ten megabytes", async () => {
    const { store } = world.newStore();
    await world.admin("POST", "/logs", { exchange: 20, huge: 1, days: 0.1, seed: 11 });
    pass(hour);
    expect((await run("exchange-activity", store)).state).toBe("connected");
    await expectWhole(store, "exchange-activity");
  });
});

describe("after a long time", () => {
  it("what the services deleted is named with its bounds", async () => {
    const { store } = world.newStore();
    const last = new Map<EventStream, string>();
    for (const stream of eventStreams) {
      last.set(stream, now().toISOString());
      await run(stream, store);
    }
    pass(40 * day);
    for (const stream of eventStreams) {
      const status = await run(stream, store);
      expect(status, stream).toMatchObject({ state: "degraded", problem: { code: "gap" } });
      const [gap] = [...(await world.data(stream, "gap", store)).values()];
      expect(gap, stream).toMatchObject({ stream, reason: "horizon" });
      const bound = (name: string) => Date.parse(Reflect.get(gap ?? {}, name));
      expect(Math.abs(bound("from") - Date.parse(last.get(stream) ?? ""))).toBeLessThan(60_000);
      // Nothing that is older than a week is shown of the audits: then a week is all that can be relied on.
      const kept = stream === "sign-ins" ? 30 : 7;
      expect(Math.abs(now().getTime() - kept * day - bound("to"))).toBeLessThan(10 * 60_000);
    }
  });
});
