import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GraphError } from "../../../components/collector/function/graph/errors";
import { eventSettings } from "../../../components/collector/function/model/settings";
import { readCommitted, readState } from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { exchangeActivity } from "../../../components/collector/function/streams/events";
import { dyingStore } from "../collector-runtime/dying-store";
import { memoryStore } from "../collector-runtime/memory-store";
import { connector, idleGraph } from "../collector-runtime/synthetic";
import { FakeFeed, mailEvent } from "./fake-feed";
import { day, start } from "./fake-log";

const hour = day / 24;
const events = eventSettings.parse({
  nonOwnerMailboxAccess: true,
  serviceAccounts: ["svc-*@contoso.example", "backup.mail@contoso.example"],
});

function run(feed: FakeFeed, store: CollectorStore, activity: FakeFeed | undefined = feed) {
  return runStream({
    stream: exchangeActivity,
    connector: { ...connector, events },
    graph: idleGraph(),
    activity: activity?.activity,
    store,
    now: () => new Date(feed.now),
    savepointMilliseconds: 0,
  });
}

/** A run; a process that died when it was about to start the subscription leaves that to one a quarter of an hour later. */
async function settled(feed: FakeFeed, store: CollectorStore) {
  const status = await run(feed, store);
  if (!/quarter of an hour/.test(status.problem?.message ?? "")) return status;
  feed.now += 15 * 60_000;
  return run(feed, store);
}

async function lines(store: CollectorStore, type: string) {
  const found = [];
  for await (const record of readCommitted(store, connector.slug, "exchange-activity")) {
    if (record.type === type) found.push(record.key);
  }
  return found.sort();
}

const living = async (store: CollectorStore, type: string) => [
  ...((await readState(store, connector.slug, "exchange-activity")).get(type)?.values() ?? []),
];

const failing = (kind: "service" | "malformed", times = Number.POSITIVE_INFINITY) => ({
  error: new GraphError(kind, "The service failed.", { status: 500 }),
  times,
});

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

  it("goes on without a content that fails, names it, and closes the gap when it can be had", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    for (const id of ["a", "b", "c"]) feed.add(id, start - hour, [mailEvent(`e-${id}`, start - 2 * hour)]);
    feed.failures.set("b", failing("service"));
    const status = await run(feed, store);
    expect(status).toMatchObject({ state: "degraded", problem: { code: "gap" } });
    expect(await lines(store, "exchangeActivity")).toEqual(["e-a", "e-c"]);
    expect(await living(store, "gap")).toMatchObject([
      { subject: "b", reason: "content-failed", to: new Date(start - hour).toISOString() },
    ]);
    feed.now += hour;
    expect((await run(feed, store)).state).toBe("degraded");
    feed.failures.clear();
    feed.now += hour;
    expect((await run(feed, store)).state).toBe("connected");
    expect(await lines(store, "exchangeActivity")).toEqual(["e-a", "e-b", "e-c"]);
    expect(await living(store, "gap")).toEqual([]);
  });

  it("keeps the gap of a content that expired before it could be read", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.add("a", start - hour, [mailEvent("e", start - hour)]);
    feed.failures.set("a", failing("malformed", 3));
    for (let days = 0; days < 9; days += 1) {
      if (days === 2) feed.failures.set("a", failing("service"));
      await run(feed, store);
      feed.now += day;
      if (days === 6) feed.failures.clear();
    }
    const reads = feed.reads.length;
    await run(feed, store);
    expect(feed.reads).toHaveLength(reads);
    expect(await living(store, "gap")).toMatchObject([{ subject: "a", reason: "content-malformed" }]);
  });

  it("fails, and keeps what it has, when the service fails at everything", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.page = 100;
    for (let index = 0; index < 60; index += 1) {
      feed.add(`c${index}`, start - hour + index, [mailEvent(`e${index}`, start - hour)]);
      feed.failures.set(`c${index}`, failing("service"));
    }
    expect(await run(feed, store)).toMatchObject({ state: "error", problem: { code: "service-failed" } });
    feed.failures.clear();
    feed.now += hour;
    await run(feed, store);
    expect(await lines(store, "exchangeActivity")).toHaveLength(60);
    expect(await living(store, "gap")).toEqual([]);
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

  it("goes on in the end where many contents stay out of reach, names all of them, and takes them when it can", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.page = 100;
    for (let index = 0; index < 60; index += 1) {
      feed.add(`c${index}`, start - 2 * hour + index, [mailEvent(`e${index}`, start - 3 * hour)]);
      if (index < 40) feed.failures.set(`c${index}`, failing("service"));
    }
    const states = [];
    for (let runs = 0; runs < 5; runs += 1) {
      states.push((await run(feed, store)).state);
      feed.now += hour;
    }
    expect(states).toEqual(["error", "error", "error", "degraded", "degraded"]);
    expect(await lines(store, "exchangeActivity")).toHaveLength(20);
    expect(await living(store, "gap")).toHaveLength(40);
    feed.failures.clear();
    expect((await run(feed, store)).state).toBe("connected");
    expect(await lines(store, "exchangeActivity")).toHaveLength(60);
    expect(await living(store, "gap")).toEqual([]);
  });

  it("names what expired while the collector was down, with its bounds", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    await run(feed, store);
    feed.now += 10 * day;
    feed.add("new", feed.now - day, [mailEvent("e", feed.now - day)]);
    expect(await run(feed, store)).toMatchObject({ state: "degraded", problem: { code: "gap" } });
    const [gap] = await living(store, "gap");
    expect(gap).toMatchObject({ from: new Date(start).toISOString(), reason: "horizon" });
    expect(await lines(store, "exchangeActivity")).toEqual(["e"]);
  });

  it("takes a content that appears in a window while that is read", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.add("a", start - 2 * hour, [mailEvent("a", start - 3 * hour)]);
    feed.add("b", start - hour, [mailEvent("b", start - 3 * hour)]);
    feed.happenings.push({
      after: 9,
      happen: () => feed.add("c", start - 3 * hour, [mailEvent("c", start - 4 * hour)]),
    });
    await run(feed, store);
    feed.now += hour;
    await run(feed, store);
    expect(await lines(store, "exchangeActivity")).toEqual(["a", "b", "c"]);
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

describe("access to others' mailboxes", () => {
  const owner = { MailboxOwnerUPN: "adele@contoso.example", MailboxGuid: "m1" };
  const cases: readonly (readonly [string, object, object | undefined])[] = [
    ["the owner", { ...owner, LogonType: 0 }, undefined],
    ["a delegate", { ...owner, LogonType: 2, UserId: "ben@contoso.example" }, { accessedAs: "delegate" }],
    ["a delegate who is the owner", { ...owner, LogonType: 2, UserId: "ADELE@contoso.example" }, undefined],
    [
      "an administrator",
      { ...owner, LogonType: "Admin", UserId: "root@contoso.example", UserType: 2 },
      { accessedAs: "administrator", serviceAccount: false },
    ],
    [
      "a service account",
      {
        ...owner,
        LogonType: 1,
        UserId: "NT AUTHORITY\\SYSTEM (Microsoft.Exchange.Servicehost)",
        UserType: 5,
      },
      { accessedAs: "administrator", serviceAccount: true },
    ],
    [
      "an account that the settings name",
      { ...owner, LogonType: 2, UserId: "Backup.Mail@contoso.example", UserType: 0 },
      { serviceAccount: true },
    ],
    [
      "an account of a name that the settings describe",
      { ...owner, LogonType: 2, UserId: "svc-scan@contoso.example", UserType: 0 },
      { serviceAccount: true },
    ],
    [
      "somebody whose name is not quite one of those",
      { ...owner, LogonType: 2, UserId: "backupxmail@contoso.example", UserType: 0 },
      { serviceAccount: false },
    ],
    ["nobody knows what", { ...owner, LogonType: { toString: 0 }, UserId: "ben@contoso.example" }, undefined],
    [
      "a word that means something else",
      { ...owner, LogonType: "constructor", UserId: "b@c.example" },
      undefined,
    ],
    ["a cmdlet", { UserType: 2 }, undefined],
    [
      "a person whose name changed",
      {
        ...owner,
        LogonType: 2,
        UserId: "adele.new@contoso.example",
        LogonUserSid: "S-1-5-21-1",
        MailboxOwnerSid: "S-1-5-21-1",
      },
      undefined,
    ],
    [
      "the service itself",
      {
        ...owner,
        LogonType: 1,
        UserId: "S-1-5-18",
        UserType: 2,
        LogonUserSid: "S-1-5-18",
        ExternalAccess: true,
      },
      { accessedAs: "administrator", serviceAccount: true, external: true },
    ],
    [
      "a delegated administrator",
      { ...owner, LogonType: 6, UserId: "msp@partner.example" },
      { accessedAs: "administrator" },
    ],
    ["the transport service", { ...owner, LogonType: 3, UserId: "transport", UserType: 4 }, undefined],
    [
      "a service in the datacenter",
      { ...owner, LogonType: 4, UserId: "NT SERVICE\\MSExchange", UserType: 4 },
      undefined,
    ],
    ["access that is reserved", { ...owner, LogonType: 5, UserId: "x@contoso.example" }, undefined],
    [
      "identifiers alone",
      { LogonType: 2, LogonUserSid: "S-1-5-21-1", MailboxOwnerSid: "S-1-5-21-1", UserId: undefined },
      undefined,
    ],
  ];

  it.each(cases)("by %s", async (_who, more, expected) => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.add("a", start - hour, [mailEvent("e", start - hour, more)]);
    await run(feed, store);
    expect(await living(store, "mailboxAccess")).toMatchObject(expected === undefined ? [] : [expected]);
    expect(await lines(store, "exchangeActivity")).toEqual(["e"]);
  });
});
