import { describe, expect, it } from "vitest";
import { GraphError, type GraphErrorKind } from "../../../components/collector/function/graph/errors";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { purgeStream } from "../../../components/collector/function/runtime/purge-stream";
import { readCommit, readState } from "../../../components/collector/function/runtime/read-committed";
import { collectStream, runStream } from "../../../components/collector/function/runtime/run-stream";
import { readStatus } from "../../../components/collector/function/runtime/stream-documents";
import {
  type BlobStore,
  type CollectorStore,
  ConditionFailedError,
} from "../../../components/collector/function/storage/store";
import type { Stream, StreamEnd, StreamStep } from "../../../components/collector/function/streams/stream";
import { memoryStore } from "./memory-store";
import { connector, idleGraph, type StreamHabits, SyntheticTenant, syntheticStream } from "./synthetic";

function tenantOf(groups: number): SyntheticTenant {
  const tenant = new SyntheticTenant();
  for (let group = 0; group < groups; group++) tenant.setGroup(`g${group}`, `Group ${group}`);
  return tenant;
}

function setUp(habits: Partial<StreamHabits> = {}, store = memoryStore()) {
  const tenant = tenantOf(10);
  const stream = syntheticStream(tenant, { delta: true, page: 2, ...habits });
  const options = { connector, graph: idleGraph(), store, stream, savepointMilliseconds: 0 };
  return { tenant, store, options };
}

const groupsIn = async (store: CollectorStore) =>
  (await readState(store, connector.slug, "groups")).get("group")?.size ?? 0;

/** The state container with some of its writes replaced. */
function withWrites(
  store: CollectorStore,
  write: (path: string, bytes: Buffer, through: () => Promise<string>) => Promise<string>,
): CollectorStore {
  const state: BlobStore = Object.create(store.state, {
    write: {
      value: (path: string, bytes: Buffer, condition?: { ifMatch: string }) =>
        write(path, bytes, () => store.state.write(path, bytes, condition)),
    },
  });
  return { ...store, state };
}

class RestError extends Error {
  override readonly name = "RestError";
  readonly statusCode = 503;
}

describe("a run that Graph fails", () => {
  const cases: readonly [GraphErrorKind, StreamStatus["state"], string, string][] = [
    ["forbidden", "error", "permission-missing", "failed"],
    ["sign-in", "error", "sign-in-failed", "failed"],
    ["license", "degraded", "license-missing", "failed"],
    ["not-offered", "degraded", "not-offered", "failed"],
    ["throttled", "error", "throttled", "failed-for-now"],
    ["service", "error", "service-failed", "failed-for-now"],
    ["malformed", "error", "malformed-reply", "failed-for-now"],
    ["refused", "error", "service-failed", "failed"],
  ];
  it.each(cases)("%s: is %s, names it, and goes on where it stopped", async (kind, state, code, end) => {
    let broken = true;
    const { options, store } = setUp({
      before: (step) => {
        if (broken && step === 3) {
          throw new GraphError(kind, "What is wrong.", { permission: "Group.Read.All", requestId: "r-1" });
        }
      },
    });
    const outcome = await collectStream(options);
    expect(outcome.end).toBe(end);
    expect(outcome.status).toMatchObject({
      state,
      problem: { code, message: "What is wrong.", permission: "Group.Read.All", requestId: "r-1" },
    });
    expect(outcome.status.lastSuccess).toBeUndefined();
    expect(await readStatus(store.state, connector.slug, "groups")).toEqual(outcome.status);
    expect(await groupsIn(store)).toBe(0);

    broken = false;
    const next = await collectStream(options);
    expect(next).toMatchObject({
      end: "committed",
      status: { state: "connected", run: { resumed: 1, records: 10, runId: outcome.status.run?.runId } },
    });
    expect(await groupsIn(store)).toBe(10);
  });

  it("leaves the last commit as it is", async () => {
    let broken = false;
    const { options, store, tenant } = setUp({
      before: () => {
        if (broken) throw new GraphError("sign-in", "AADSTS7000112: the application is disabled.");
      },
    });
    const first = await runStream(options);
    broken = true;
    tenant.deleteGroup("g0");
    const second = await runStream(options);
    expect(second).toMatchObject({ state: "error", problem: { code: "consent-revoked" } });
    expect(second.lastSuccess).toBe(first.lastSuccess);
    expect(await groupsIn(store)).toBe(10);
  });

  it("begins anew when a link or page token is too old", async () => {
    let expired = false;
    const { options, store, tenant } = setUp({
      before: () => {
        if (!expired) return;
        expired = false;
        throw new GraphError("expired-link", "The page token has expired.");
      },
    });
    await runStream(options);
    tenant.deleteGroup("g0");
    expired = true;
    expect(await runStream(options)).toMatchObject({
      state: "connected",
      run: { kind: "resync", records: 1, tombstones: 1 },
    });
    expect(await groupsIn(store)).toBe(9);
  });
});

describe("a run whose time ends", () => {
  it("stops at a savepoint and is syncing until another attempt ends it", async () => {
    const { options, store } = setUp();
    let at = Date.parse("2026-11-21T08:00:00Z");
    const now = () => {
      at += 1_000;
      return new Date(at);
    };
    const ends = [];
    for (let attempt = 0; attempt < 20; attempt++) {
      const deadline = new Date(at + 12_000);
      const { end, status } = await collectStream({ ...options, now, deadline });
      ends.push(end);
      if (end === "committed") break;
      expect(status.state).toBe("syncing");
    }
    expect(ends.at(-1)).toBe("committed");
    expect(ends.length).toBeGreaterThan(1);
    expect(await groupsIn(store)).toBe(10);
  });

  it("says so when it did not reach a single savepoint", async () => {
    const { options } = setUp({
      before: () => {
        throw new GraphError("deadline", "The time for this run is over.");
      },
    });
    expect(await collectStream(options)).toMatchObject({
      end: "failed",
      status: { state: "error", problem: { code: "deadline" } },
    });
  });

  it("is given back when the caller stops it", async () => {
    const stop = new AbortController();
    const { options, store } = setUp({
      before: (step) => {
        if (step === 2) stop.abort();
      },
    });
    expect(await collectStream({ ...options, signal: stop.signal })).toMatchObject({
      end: "cancelled",
      status: { state: "syncing" },
    });
    expect(await collectStream(options)).toMatchObject({ end: "committed" });
    expect(await groupsIn(store)).toBe(10);
  });
});

describe("a run whose store fails", () => {
  it("gives up for now, and the next one ends it", async () => {
    const base = memoryStore();
    let left = 4;
    const store = withWrites(base, (_path, _bytes, through) => {
      if (left-- === 0) throw new RestError("The server is busy.");
      return through();
    });
    const { options } = setUp({}, store);
    expect(await collectStream(options)).toMatchObject({
      end: "failed-for-now",
      status: { state: "error", problem: { code: "storage-failed" } },
    });
    expect(await collectStream(options)).toMatchObject({ end: "committed" });
    expect(await groupsIn(store)).toBe(10);
  });

  it("says so when not even the lease can be asked for", async () => {
    const base = memoryStore();
    const state: BlobStore = Object.create(base.state, {
      lease: {
        value: async () => {
          throw new RestError("This request is not authorized to perform this operation.");
        },
      },
    });
    const { options } = setUp({}, { ...base, state });
    const outcome = await collectStream(options);
    expect(outcome).toMatchObject({ end: "failed-for-now", status: { problem: { code: "storage-failed" } } });
    expect(outcome.status.problem?.message).toContain("not authorized");
  });

  it("takes a guarded write whose answer was lost for what it was", async () => {
    const base = memoryStore();
    const store = withWrites(base, async (path, _bytes, through) => {
      const etag = await through();
      if (path.endsWith("checkpoint.json")) throw new ConditionFailedError("The write was sent twice.");
      return etag;
    });
    const { options } = setUp({}, store);
    expect(await collectStream(options)).toMatchObject({ end: "committed", status: { state: "connected" } });
    expect(await groupsIn(store)).toBe(10);
  });

  it("leaves without a word when its lease is lost", async () => {
    const lost = new AbortController();
    const base = memoryStore();
    const state: BlobStore = Object.create(base.state, {
      lease: { value: async () => ({ signal: lost.signal, release: async () => undefined }) },
    });
    const store = { ...base, state };
    const { options } = setUp(
      {
        before: (step) => {
          if (step === 3) lost.abort();
        },
      },
      store,
    );
    const outcome = await collectStream(options);
    expect(outcome).toMatchObject({ end: "failed-for-now", status: { problem: { code: "storage-failed" } } });
    expect(await readStatus(base.state, connector.slug, "groups")).toMatchObject({ state: "syncing" });
    expect(await readCommit(base, connector.slug, "groups")).toBeUndefined();
  });

  it("loses nothing when one that was taken for dead comes back and commits first", async () => {
    const base = memoryStore();
    const blind: BlobStore = Object.create(base.state, {
      lease: {
        value: async () => ({ signal: new AbortController().signal, release: async () => undefined }),
      },
    });
    const store = { ...base, state: blind };
    const { options } = setUp({}, store);
    let other: Promise<unknown> | undefined;
    const late = {
      ...options,
      stream: syntheticStream(tenantOf(10), {
        delta: true,
        page: 2,
        before: async (step) => {
          if (step !== 3) return;
          other = collectStream(options);
          await other;
        },
      }),
    };
    const outcome = await collectStream(late);
    expect(outcome.end).toBe("failed-for-now");
    expect(await other).toMatchObject({ end: "committed" });
    expect(await groupsIn(store)).toBe(10);
    expect(await collectStream(options)).toMatchObject({ end: "committed", status: { run: { records: 0 } } });
    expect(await groupsIn(store)).toBe(10);
  });

  it("leaves a stream alone that another works on", async () => {
    const store = memoryStore();
    const { options } = setUp({}, store);
    const lease = await store.state.lease("contoso/groups/lock");
    expect(await collectStream(options)).toMatchObject({ end: "busy" });
    await lease?.release();
    expect(await collectStream(options)).toMatchObject({ end: "committed" });
  });

  it("purges what there is, and nothing while a run holds it", async () => {
    const { options, store } = setUp();
    await runStream(options);
    const lease = await store.state.lease("contoso/groups/lock");
    expect(await purgeStream(store, "contoso", "groups")).toBeUndefined();
    await lease?.release();
    expect(await purgeStream(store, "contoso", "groups")).toBeGreaterThan(3);
    expect(await purgeStream(store, "contoso", "groups")).toBe(0);
    expect(await runStream(options)).toMatchObject({ run: { kind: "full", records: 10 } });
  });
});

describe("records", () => {
  const stream = (schemaVersion: number, data: object, type = "group"): Stream => ({
    name: "groups",
    records: [{ type: "group", schemaVersion }],
    async *collect(): AsyncGenerator<StreamStep, StreamEnd, undefined> {
      yield { kind: "records", changes: [{ type, key: "k", data }] };
      return { checkpoint: 1, read: "everything", degraded: [] };
    },
  });

  it("survive whatever they hold: 4 MB, unicode, control characters, lone surrogates", async () => {
    const store = memoryStore();
    const data = { text: `${'ü😀\u0000\u2028\n\r\t\\"'.repeat(400_000)}\ud800`, nested: [{ a: null }] };
    expect(JSON.stringify(data).length).toBeGreaterThan(4_000_000);
    await runStream({ connector, graph: idleGraph(), store, stream: stream(1, data) });
    const state = await readState(store, connector.slug, "groups");
    expect(JSON.stringify(state.get("group")?.get("k")) === JSON.stringify(data)).toBe(true);
  });

  it("are written anew when their schema changes", async () => {
    const store = memoryStore();
    const run = (version: number) =>
      runStream({ connector, graph: idleGraph(), store, stream: stream(version, { a: 1 }) });
    await run(1);
    expect(await run(1)).toMatchObject({ run: { records: 0 } });
    expect(await run(2)).toMatchObject({ run: { kind: "resync", records: 1 } });
  });

  it("of a type that the stream does not declare are a fault that is named", async () => {
    const status = await runStream({
      connector,
      graph: idleGraph(),
      store: memoryStore(),
      stream: stream(1, {}, "user"),
    });
    expect(status).toMatchObject({ state: "error", problem: { code: "internal" } });
    expect(status.problem?.message).toContain('"user"');
  });
});
