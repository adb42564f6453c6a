import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import { exchangeActivity } from "../../../components/collector/function/streams/events";
import { dyingStore } from "../collector-runtime/dying-store";
import { memoryStore } from "../collector-runtime/memory-store";
import { connector, idleGraph } from "../collector-runtime/synthetic";
import { hour, lines, living, run, settled } from "./exchange-run";
import { FakeFeed, mailEvent } from "./fake-feed";
import { day, start } from "./fake-log";

describe("the feed of Exchange", () => {
  it("is subscribed to once and read for seven days back, page by page", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    for (let index = 0; index < 20; index += 1) {
      const created = start - index * 8 * hour - hour;
      feed.add(`c${index}`, created, [mailEvent(`e${index}`, created - 60_000)]);
    }
    expect((await run(feed, store)).state).toBe("connected");
    expect(await lines(store, "exchangeActivity")).toHaveLength(20);
    feed.now += hour;
    await run(feed, store);
    expect(feed.starts).toBe(1);
    expect(feed.reads).toHaveLength(20);
  });

  it("equals the truth: content that is shown late, events in two contents, killed anywhere", async () => {
    const content = fc.record({
      created: fc.integer({ min: 0, max: 4 * 24 * 60 }),
      late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 24 * 60 })),
      events: fc.array(
        fc.record({ id: fc.integer({ min: 0, max: 30 }), age: fc.integer({ min: 0, max: 24 * 60 }) }),
        { maxLength: 4 },
      ),
    });
    const round = fc.record({
      minutes: fc.integer({ min: 1, max: 30 * 60 }),
      deaths: fc.array(fc.record({ at: fc.integer({ min: 0, max: 15 }), after: fc.boolean() }), {
        maxLength: 3,
      }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { maxLength: 15 }),
        fc.array(round, { minLength: 1, maxLength: 6 }),
        async (contents, rounds) => {
          const [feed, store] = [new FakeFeed(), memoryStore()];
          const times = new Map<number, number>();
          for (const [index, { created, late, events: held }] of contents.entries()) {
            const made = start + created * 60_000;
            // An event happened once: whichever content holds it says the same of its time.
            const all = held.map(({ id, age }) => {
              const at = times.get(id) ?? made - age * 60_000;
              times.set(id, at);
              return mailEvent(`e${id}`, at);
            });
            feed.add(`c${index}`, made, all, late * 60_000);
          }
          for (const { minutes, deaths } of [...rounds, { minutes: 5 * 24 * 60, deaths: [] }]) {
            feed.now += minutes * 60_000;
            for (const death of deaths) {
              const dying = dyingStore(store, death);
              await run(feed, dying.store).catch(() => undefined);
              await dying.bury();
            }
            expect((await settled(feed, store)).state).toBe("connected");
          }
          const truth = [...times.keys()].map((id) => `e${id}`).sort();
          expect(await lines(store, "exchangeActivity")).toEqual(truth);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reads contents in parallel", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.page = 100;
    for (let index = 0; index < 60; index += 1) feed.add(`c${index}`, start - hour, []);
    let [underWay, most] = [0, 0];
    const { read } = feed.activity;
    const slow: typeof read = async (content) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 2));
      underWay -= 1;
      return read(content);
    };
    Object.assign(feed.activity, { read: slow });
    await run(feed, store);
    expect(most).toBeGreaterThanOrEqual(8);
    expect(feed.reads).toHaveLength(60);
  });

  it.each([0, 3])(
    "takes a content that appears behind %i others, in a window that no later run lists",
    async (others) => {
      const [feed, store] = [new FakeFeed(), memoryStore()];
      await run(feed, store);
      feed.now += 4 * day;
      const old = feed.now - 3.5 * day;
      const ids = ["a", "b", "c"].slice(0, others);
      for (const [index, id] of ids.entries()) feed.add(id, old + index, [mailEvent(id, old)]);
      const happen = () => feed.add("d", old - hour, [mailEvent("d", old)]);
      feed.happenings.push({ after: 4, happen });
      await run(feed, store);
      expect(await lines(store, "exchangeActivity")).toEqual([...ids, "d"]);
    },
  );

  it("reads to the present when it goes on days after it was stopped", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    for (let days = 1; days < 12; days += 1) {
      const at = start + days * day - hour;
      feed.add(`c${days}`, at, [mailEvent(`e${String(days).padStart(2, "0")}`, at - hour)]);
    }
    await run(feed, store);
    feed.now += 3 * day;
    const dying = dyingStore(store, { at: 8, after: true });
    await run(feed, dying.store).catch(() => undefined);
    await dying.bury();
    feed.now += 4 * day;
    expect((await run(feed, store)).state).toBe("connected");
    feed.now += 4 * day;
    expect((await run(feed, store)).state).toBe("connected");
    expect(await lines(store, "exchangeActivity")).toHaveLength(11);
    expect(await living(store, "gap")).toEqual([]);
  });

  it("ends with an error, not never, when pages lead in a circle", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.add("a", start - hour, [mailEvent("a", start - hour)]);
    feed.circle = true;
    expect(await run(feed, store)).toMatchObject({ state: "error", problem: { code: "malformed-reply" } });
  });

  it("reads what it had read when more is to be kept of it, and keeps nothing twice", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    const by = { LogonType: 2, UserId: "ben@contoso.example", MailboxOwnerUPN: "adele@contoso.example" };
    feed.add("a", start - 3 * day, [mailEvent("e", start - 3 * day, by)]);
    const events = { ...connector.events, nonOwnerMailboxAccess: false };
    const collect = (more: object) =>
      runStream({
        stream: exchangeActivity,
        connector: { ...connector, events: { ...events, ...more } },
        graph: idleGraph(),
        activity: feed.activity,
        store,
        now: () => new Date(feed.now),
      });
    await collect({});
    feed.now += 2 * day;
    await collect({});
    expect([await lines(store, "mailboxAccess"), feed.reads.length]).toEqual([[], 1]);
    feed.now += hour;
    await collect({ nonOwnerMailboxAccess: true });
    expect(await lines(store, "mailboxAccess")).toEqual(["e"]);
    feed.now += hour;
    await collect({ nonOwnerMailboxAccess: true });
    expect([await lines(store, "exchangeActivity"), feed.reads.length]).toEqual([["e"], 2]);
  });

  it("keeps what can't be read as a problem, once, and reads clocks with and without a zone", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    const odd = [
      { Id: "no-clock", CreationTime: "not a time", Operation: "Send" },
      { Id: "no-operation", CreationTime: "2026-02-28T10:00:00", Operation: 7 },
      "{ cut off",
      null,
      mailEvent("zone", 0, { CreationTime: "2026-02-28T12:00:00+02:00" }),
      mailEvent("no-zone", 0, { CreationTime: "2026-02-28T10:00:00" }),
      JSON.stringify(mailEvent("as-text", start - hour)),
    ];
    feed.add("a", start - hour, odd);
    feed.add("b", start - hour, odd);
    expect((await run(feed, store)).state).toBe("connected");
    expect(await lines(store, "exchangeActivity")).toEqual(["as-text", "no-zone", "zone"]);
    const problems = await lines(store, "eventProblem");
    expect(problems).toHaveLength(4);
    expect(problems).toEqual(expect.arrayContaining(["no-clock", "no-operation"]));
    const times = (await living(store, "exchangeActivity")).map((data) => Reflect.get(data, "at"));
    expect(times.filter((at) => at === "2026-02-28T10:00:00.000Z")).toHaveLength(2);
  });

  it("takes an event of ten megabytes", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    const body = "x".repeat(10 * 1024 * 1024);
    feed.add("a", start - hour, [
      mailEvent("large", start - hour, { body }),
      mailEvent("small", start - hour),
    ]);
    expect((await run(feed, store)).state).toBe("connected");
    const [large] = await living(store, "exchangeActivity");
    expect(large).toMatchObject({ id: "large", event: { body } });
  });

  it("is degraded where the cloud has no feed", async () => {
    const store = memoryStore();
    const feed = new FakeFeed();
    const status = await runStream({
      stream: exchangeActivity,
      connector,
      graph: idleGraph(),
      store,
      now: () => new Date(feed.now),
    });
    expect(status).toMatchObject({ state: "degraded", problem: { code: "not-offered" } });
  });
});
