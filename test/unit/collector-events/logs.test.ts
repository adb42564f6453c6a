import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GraphError } from "../../../components/collector/function/graph/errors";
import { eventSettings } from "../../../components/collector/function/model/settings";
import {
  readCommit,
  readCommitted,
  readState,
} from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { directoryAudits, signIns } from "../../../components/collector/function/streams/events";
import type { Stream } from "../../../components/collector/function/streams/stream";
import { dyingStore } from "../collector-runtime/dying-store";
import { memoryStore } from "../collector-runtime/memory-store";
import { connector } from "../collector-runtime/synthetic";
import { day, FakeLog, license, start } from "./fake-log";

const hour = day / 24;

function run(
  log: FakeLog,
  store: CollectorStore,
  stream: Stream = directoryAudits,
  events = connector.events,
) {
  return runStream({
    stream,
    connector: { ...connector, events },
    graph: log.graph,
    store,
    now: () => new Date(log.now),
    savepointMilliseconds: 0,
  });
}

/** Every committed line of a type, so that one that is there twice shows. */
async function lines(store: CollectorStore, type: string, stream: Stream = directoryAudits) {
  const found = [];
  for await (const record of readCommitted(store, connector.slug, stream.name)) {
    if (record.type === type) found.push(record.key);
  }
  return found.sort();
}

const settings = (signInsOf: object) => eventSettings.parse({ signIns: signInsOf });

describe("a log", () => {
  it("gives each event once, also when it is shown a day late", async () => {
    const [log, store] = [new FakeLog(), memoryStore()];
    log.repeats = true;
    for (let index = 0; index < 10; index += 1) {
      const at = start - (index + 1) * hour;
      log.events.push({ id: `e${index}`, at, visibleAt: index === 3 ? at + 24 * hour : at });
    }
    expect((await run(log, store)).state).toBe("connected");
    expect(await lines(store, "directoryAudit")).toHaveLength(9);
    for (let passed = 0; passed < 30; passed += 1) {
      log.now += hour;
      await run(log, store);
    }
    expect(await lines(store, "directoryAudit")).toEqual(log.events.map(({ id }) => id).sort());
  });

  it("of a busy tenant is read back two hours at a time, and a whole day often enough for what comes late", async () => {
    const [log, store] = [new FakeLog(), memoryStore()];
    log.page = 10_000;
    for (let index = 0; index < 25_000; index += 1) {
      const at = start - index * 3_000;
      log.events.push({ id: `e${index}`, at, visibleAt: at });
    }
    await run(log, store);
    // As much an hour as before, of which a run in between reads two hours and not the day.
    for (let index = 1; index < 12_000; index += 1) {
      const at = start + index * 3_000;
      log.events.push({ id: `n${index}`, at, visibleAt: at });
    }
    log.events.push({ id: "late", at: start - 20 * hour, visibleAt: start + 1.5 * hour });
    const seen = [];
    for (let passed = 0; passed < 7; passed += 1) {
      log.now += hour;
      log.asked.length = 0;
      await run(log, store);
      const from = Date.parse(/ ge (\S+)/.exec(log.asked[0] ?? "")?.[1] ?? "");
      seen.push([
        Math.round((log.now - from) / hour),
        (await lines(store, "directoryAudit")).includes("late"),
      ]);
    }
    const short = [3, false];
    // How busy it is shows at the second run: the first spans a month.
    expect(seen).toEqual([[25, false], short, short, short, short, short, [30, true]]);
    expect(await lines(store, "directoryAudit")).toHaveLength(
      log.events.filter(({ at }) => at < log.now).length,
    );
  });

  it("keeps ids, times and what the service said", async () => {
    const [log, store] = [new FakeLog(), memoryStore()];
    log.events.push({ id: "one", at: start - hour, visibleAt: start - hour });
    await run(log, store);
    for await (const record of readCommitted(store, connector.slug, "directory-audits")) {
      expect(record).toMatchObject({ schema: "directoryAudit/1", key: "one", op: "upsert" });
      expect(record.data).toMatchObject({ id: "one", at: new Date(start - hour).toISOString() });
    }
  });

  it("equals the truth in any order of arrival, with duplicates, whenever it is killed", async () => {
    const event = fc.record({
      at: fc.integer({ min: 0, max: 5 * 24 * 60 }),
      late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 24 * 60 })),
    });
    const round = fc.record({
      minutes: fc.integer({ min: 1, max: 30 * 60 }),
      deaths: fc.array(fc.record({ at: fc.integer({ min: 0, max: 12 }), after: fc.boolean() }), {
        maxLength: 3,
      }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 40 }),
        fc.array(round, { minLength: 1, maxLength: 8 }),
        fc.record({ page: fc.integer({ min: 1, max: 9 }), repeats: fc.boolean(), turned: fc.boolean() }),
        async (events, rounds, way) => {
          const [log, store] = [Object.assign(new FakeLog(), way), memoryStore()];
          for (const [index, { at, late }] of events.entries()) {
            const moment = start + at * 60_000;
            log.events.push({ id: `e${index}`, at: moment, visibleAt: moment + late * 60_000 });
          }
          for (const { minutes, deaths } of [...rounds, { minutes: 7 * 24 * 60, deaths: [] }]) {
            log.now += minutes * 60_000;
            for (const death of deaths) {
              const dying = dyingStore(store, death);
              await run(log, dying.store).catch(() => undefined);
              await dying.bury();
            }
            expect((await run(log, store)).state).toBe("connected");
          }
          expect(await lines(store, "directoryAudit")).toEqual(log.events.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it("lists a long log in parts, the oldest first, and a burst costs few requests", async () => {
    const [long, burst] = [Object.assign(new FakeLog(), { page: 2, repeats: true }), new FakeLog()];
    for (let index = 1; index <= 1_500; index += 1) {
      const at = start - (index * hour) / 2.5;
      long.events.push({ id: `e${index}`, at, visibleAt: at });
      if (index < 40) burst.events.push({ id: `e${index}`, at: start - index * 1_000, visibleAt: start });
    }
    const store = memoryStore();
    await run(long, store);
    const firsts = long.asked.filter((path) => !path.includes("&skip="));
    expect(firsts.length).toBeGreaterThan(3);
    // 750 full pages, what showed that it is long, and one for each part that is not full.
    expect(long.asked.length).toBeLessThanOrEqual(750 + 2 + 2 * firsts.length);
    const begins = firsts.slice(1).map((path) => / ge (\S+)/.exec(path)?.[1] ?? "");
    expect(begins).toEqual([...begins].sort());
    expect(await lines(store, "directoryAudit")).toHaveLength(1_500);

    await run(burst, memoryStore());
    expect(burst.asked.length).toBeLessThan(60);
  });

  it("forgets what no run will read again, and keeps no blob of it", async () => {
    const [log, store] = [new FakeLog(), memoryStore()];
    for (let run_ = 0; run_ < 60; run_ += 1) {
      log.now += hour;
      log.events.push({ id: `e${run_}`, at: log.now - 60_000, visibleAt: log.now });
      await run(log, store);
    }
    const commit = await readCommit(store, connector.slug, "directory-audits");
    const index = commit?.index ?? [];
    expect(index.length).toBeLessThan(20);
    expect(index.reduce((sum, { entries }) => sum + entries, 0)).toBeLessThan(50);
    const blobs = [];
    for await (const path of store.state.list(`${connector.slug}/directory-audits/index/`)) blobs.push(path);
    expect(blobs.sort()).toEqual(index.map(({ path }) => path).sort());
    expect(await lines(store, "directoryAudit")).toHaveLength(60);
  });

  it("names what the service had deleted while the collector was down", async () => {
    const [log, store] = [new FakeLog(), memoryStore()];
    await run(log, store);
    log.now += 40 * day;
    log.events.push({ id: "kept", at: log.now - 29 * day, visibleAt: log.now - 29 * day });
    const status = await run(log, store);
    expect(status).toMatchObject({ state: "degraded", problem: { code: "gap" } });
    expect(status.problem?.message).toContain(new Date(start).toISOString());
    expect(status.problem?.message).toContain(new Date(start + 10 * day).toISOString());
    expect(await lines(store, "gap")).toHaveLength(1);
    const states = [];
    for (let passed = 0; passed < 8; passed += 1) {
      log.now += day;
      states.push((await run(log, store)).state);
    }
    expect(states).toEqual([...Array(6).fill("degraded"), "connected", "connected"]);
    expect(await lines(store, "gap")).toHaveLength(1);
  });

  it("names what was deleted while a run stood still, and no more", async () => {
    for (let at = 1; at <= 16; at += 1) {
      const [log, store] = [new FakeLog(), memoryStore()];
      log.page = 2;
      await run(log, store);
      for (let index = 0; index < 28; index += 1) {
        const moment = start + index * day + hour;
        log.events.push({ id: `e${index}`, at: moment, visibleAt: moment });
      }
      log.now += 28 * day;
      const dying = dyingStore(store, { at, after: true });
      await run(log, dying.store).catch(() => undefined);
      await dying.bury();
      log.now += 6 * day;
      const status = await run(log, store);
      const got = new Set(await lines(store, "directoryAudit"));
      const lost = log.events.filter(({ id }) => !got.has(id));
      const gaps = (await readState(store, connector.slug, "directory-audits")).get("gap") ?? new Map();
      const bounds = [...gaps.values()].map((gap) => [Reflect.get(gap, "from"), Reflect.get(gap, "to")]);
      const within = (moment: number) =>
        bounds.some(([from, to]) => moment >= Date.parse(from) && moment < Date.parse(to));
      expect(
        lost.filter((event) => !within(event.at)),
        `write ${at}`,
      ).toEqual([]);
      expect(status.state, `write ${at}`).toBe(lost.length > 0 ? "degraded" : "connected");
    }
  });

  it("takes a tenant for one that keeps seven days until an older event is shown", async () => {
    const [log, store] = [new FakeLog(), memoryStore()];
    await run(log, store);
    log.now += 9 * day;
    log.events.push({ id: "old", at: start + hour, visibleAt: start + hour });
    expect((await run(log, store)).state).toBe("connected");
    log.now += 9 * day;
    expect(await run(log, store)).toMatchObject({ state: "degraded", problem: { code: "gap" } });
  });

  it("is degraded where the cloud does not offer it", async () => {
    const [log, store] = [new FakeLog(), memoryStore()];
    log.refusal = new GraphError("not-offered", "Resource not found for the segment 'directoryAudits'.");
    expect(await run(log, store)).toMatchObject({ state: "degraded", problem: { code: "not-offered" } });
    log.refusal = undefined;
    log.events.push({ id: "e", at: start - hour, visibleAt: start });
    expect((await run(log, store)).state).toBe("connected");
    expect(await lines(store, "directoryAudit")).toEqual(["e"]);
  });
});

describe("sign-ins", () => {
  const kinds = ["interactive", "nonInteractive", "servicePrincipal", "managedIdentity"];
  const types = ["interactiveUser", "nonInteractiveUser", "servicePrincipal", "managedIdentity"];

  function filled(): FakeLog {
    const log = new FakeLog();
    for (const kind of types) {
      for (const failed of [true, false]) {
        log.events.push({ id: `${kind}-${failed}`, at: start - hour, visibleAt: start, kind, failed });
      }
    }
    return log;
  }

  it("are read by kind and outcome, filtered at the source", async () => {
    for (const [failed, successful] of [
      [true, true],
      [true, false],
      [false, true],
    ] as const) {
      const [log, store] = [filled(), memoryStore()];
      await run(log, store, signIns, settings({ failed, successful, kinds }));
      const wanted = log.events.filter((event) => (event.failed ? failed : successful));
      expect(await lines(store, "signIn", signIns)).toEqual(wanted.map(({ id }) => id).sort());
      const filters = log.asked.filter((path) => path.includes("errorCode"));
      expect(filters).toHaveLength(failed && successful ? 0 : log.asked.length);
    }
  });

  it("are one listing where little happened, however many kinds are wanted, and tell their kind", async () => {
    const [log, store] = [Object.assign(filled(), { page: 1_000 }), memoryStore()];
    await run(log, store, signIns, settings({ kinds }));
    // Of four kinds over five weeks, each by itself, it were 20.
    expect(log.asked).toHaveLength(1);
    for await (const { key, data } of readCommitted(store, connector.slug, "sign-ins")) {
      expect(types[kinds.indexOf(String(Reflect.get(data ?? {}, "kind")))]).toBe(key.split("-")[0]);
    }
    for (let passed = 0; passed < 3; passed += 1) {
      log.now += hour / 4;
      await run(log, store, signIns, settings({ kinds }));
    }
    expect(log.asked).toHaveLength(4);
  });

  it("are asked of version 1.0 where interactive ones alone are wanted", async () => {
    const [log, store] = [filled(), memoryStore()];
    await run(log, store, signIns, settings({}));
    expect(log.asked.every((path) => path.startsWith("/auditLogs/signIns?"))).toBe(true);
    expect(await lines(store, "signIn", signIns)).toEqual(["interactiveUser-false", "interactiveUser-true"]);
  });

  it("are read by one listing for all kinds of the same outcomes once a choice differs", async () => {
    const [log, store] = [Object.assign(filled(), { page: 1_000 }), memoryStore()];
    await run(log, store, signIns, settings({ failed: true, successful: false, kinds: ["interactive"] }));
    log.now += hour;
    log.asked.length = 0;
    await run(log, store, signIns, settings({ kinds }));
    // What failed and was interactive goes on where it stood; the rest is read from the beginning.
    expect(log.asked).toHaveLength(3);
    expect(await lines(store, "signIn", signIns)).toEqual(log.events.map(({ id }) => id).sort());
  });

  it("are read back when a choice is widened, and none twice", async () => {
    const [log, store] = [filled(), memoryStore()];
    await run(log, store, signIns, settings({ failed: true, successful: false }));
    log.now += hour;
    await run(log, store, signIns, settings({ kinds }));
    log.now += hour;
    await run(log, store, signIns, settings({ kinds }));
    expect(await lines(store, "signIn", signIns)).toEqual(log.events.map(({ id }) => id).sort());
  });

  it("are degraded without a licence, and collected once there is one", async () => {
    const [log, store] = [filled(), memoryStore()];
    log.refusal = license();
    expect(await run(log, store, signIns, settings({ kinds }))).toMatchObject({
      state: "degraded",
      problem: { code: "license-missing" },
    });
    log.refusal = undefined;
    expect((await run(log, store, signIns, settings({ kinds }))).state).toBe("connected");
    expect(await lines(store, "signIn", signIns)).toHaveLength(8);
  });
});
