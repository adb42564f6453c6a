import { describe, expect, it } from "vitest";
import { memoryStore } from "../collector-runtime/memory-store";
import { failing, hour, lines, living, run } from "./exchange-run";
import { FakeFeed, mailEvent } from "./fake-feed";
import { day, start } from "./fake-log";

describe("a feed of Exchange with gaps", () => {
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
});
