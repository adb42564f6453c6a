/** The subscription to the feed: when it is started, and what is said when it was off. */
import { describe, expect, it } from "vitest";
import { GraphError } from "../../../components/collector/function/graph/errors";
import { readState } from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { exchangeActivity } from "../../../components/collector/function/streams/events";
import { dyingStore } from "../collector-runtime/dying-store";
import { memoryStore } from "../collector-runtime/memory-store";
import { connector, idleGraph } from "../collector-runtime/synthetic";
import { FakeFeed, mailEvent } from "./fake-feed";
import { day, start } from "./fake-log";

const hour = day / 24;
const minute = hour / 60;

/** Savepoints are as rare as they usually are, unless it is asked for all. */
const run = (feed: FakeFeed, store: CollectorStore, savepointMilliseconds?: number) =>
  runStream({
    stream: exchangeActivity,
    connector,
    graph: idleGraph(),
    activity: feed.activity,
    store,
    now: () => new Date(feed.now),
    savepointMilliseconds,
  });

const living = async (store: CollectorStore, type: string) => [
  ...((await readState(store, connector.slug, "exchange-activity")).get(type)?.values() ?? []),
];

/** A feed of some contents that was read once, at `start`, and then an hour passed. */
async function readOnce(feed: FakeFeed, store: CollectorStore) {
  for (let index = 0; index < 8; index += 1) {
    feed.add(`c${index}`, start - (index + 1) * hour, [mailEvent(`e${index}`, start - day)]);
  }
  await run(feed, store);
  feed.now += hour;
  feed.add("late", start + minute, [mailEvent("late", start)]);
}

describe("the subscription", () => {
  it("is started again where somebody switched it off, and the time is named", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    await readOnce(feed, store);
    feed.enabled = false;
    expect(await run(feed, store)).toMatchObject({ state: "degraded", problem: { code: "gap" } });
    expect(feed.starts).toBe(2);
    expect(await living(store, "gap")).toMatchObject([
      {
        reason: "subscription-off",
        from: new Date(start).toISOString(),
        to: new Date(start + hour).toISOString(),
      },
    ]);
    expect(await living(store, "exchangeActivity")).toHaveLength(9);
  });

  it.each([1, 2, 3, 4])("is started again when it goes off before request %i of a run", async (after) => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    await readOnce(feed, store);
    feed.happenings.push({
      after,
      happen: () => {
        feed.enabled = false;
      },
    });
    expect(await run(feed, store)).toMatchObject({ state: "degraded", problem: { code: "gap" } });
    expect(await living(store, "gap")).toMatchObject([{ reason: "subscription-off" }]);
    expect(await living(store, "exchangeActivity")).toHaveLength(9);
  });

  it("is said to have been off wherever the process dies", async () => {
    for (let at = 1; at <= 14; at += 1) {
      for (const after of [false, true]) {
        const [feed, store] = [new FakeFeed(), memoryStore()];
        await readOnce(feed, store);
        feed.enabled = false;
        const dying = dyingStore(store, { at, after });
        await run(feed, dying.store, 0).catch(() => undefined);
        await dying.bury();
        feed.now += 20 * minute;
        expect((await run(feed, store)).state, `write ${at}`).toBe("degraded");
        const gaps = await living(store, "gap");
        expect(gaps, `write ${at}`).toMatchObject([{ reason: "subscription-off" }]);
        expect(gaps).toMatchObject([{ from: new Date(start).toISOString() }]);
        expect(await living(store, "exchangeActivity")).toHaveLength(9);
      }
    }
  });

  it("is started at most once in a quarter of an hour, whatever happens to it", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    await run(feed, store);
    const starts: number[] = [];
    for (let passed = 0; passed < 20; passed += 1) {
      feed.now += 4 * minute;
      feed.enabled = false;
      const before = feed.starts;
      const { state, problem } = await run(feed, store);
      if (feed.starts > before) starts.push(feed.now);
      else
        expect([state, problem?.message]).toEqual([
          "error",
          expect.stringMatching(/is off although it was started/),
        ]);
    }
    expect(starts.length).toBeGreaterThan(3);
    expect(feed.starts).toBe(1 + starts.length);
    const between = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(Math.min(...between)).toBeGreaterThanOrEqual(15 * minute);
  });

  it.each(["forbidden", "sign-in", "throttled"] as const)(
    "is started at once where the start before was refused (%s)",
    async (kind) => {
      const [feed, store] = [new FakeFeed(), memoryStore()];
      feed.refusal = new GraphError(kind, "Not granted yet.");
      expect((await run(feed, store)).state).toBe("error");
      feed.refusal = undefined;
      feed.now += 2_000;
      expect((await run(feed, store)).state).toBe("connected");
      feed.now += hour;
      feed.enabled = false;
      feed.refusal = new GraphError(kind, "Not granted any more.");
      expect((await run(feed, store)).state).toBe("error");
      feed.refusal = undefined;
      feed.now += 2_000;
      expect((await run(feed, store)).state).toBe("degraded");
      expect(await living(store, "gap")).toMatchObject([
        { reason: "subscription-off", from: new Date(start + 2_000).toISOString() },
      ]);
    },
  );

  it("is started seldom, too, where the tenant does not offer it, and the status stays clear", async () => {
    const [feed, store] = [new FakeFeed(), memoryStore()];
    feed.refusal = new GraphError("not-offered", "The audit log is off.");
    const degraded = { state: "degraded", problem: { code: "not-offered" } };
    for (let passed = 0; passed < 8; passed += 1) {
      expect(await run(feed, store)).toMatchObject(degraded);
      feed.now += 4 * minute;
    }
    expect(feed.starts).toBe(2);
    feed.refusal = undefined;
    feed.add("a", feed.now - hour, [mailEvent("a", feed.now - hour)]);
    feed.now += 15 * minute;
    expect((await run(feed, store)).state).toBe("connected");
    expect(await living(store, "exchangeActivity")).toHaveLength(1);
  });
});
