import { describe, expect, it } from "vitest";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import { type Runner, readStanding } from "../../../components/collector/function/runtime/standing";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { dyingStore } from "./dying-store";
import { memoryStore } from "./memory-store";
import { connector, idleGraph, SyntheticTenant, syntheticStream } from "./synthetic";

const began = new Date("2026-11-21T08:00:00Z");
const after = (seconds: number) => new Date(began.getTime() + seconds * 1000);
const standing = (store: CollectorStore, runner: Runner, seconds: number) =>
  readStanding(store, connector.slug, "groups", { runner, now: after(seconds) });

function tenantOf(groups: number): SyntheticTenant {
  const tenant = new SyntheticTenant();
  for (let group = 0; group < groups; group++) tenant.setGroup(`g${group}`, `Group ${group}`);
  return tenant;
}

function optionsOf(store: CollectorStore) {
  const stream = syntheticStream(tenantOf(10), { delta: true, page: 2 });
  return { connector, graph: idleGraph(), store, stream, savepointMilliseconds: 0, now: () => began };
}

/** A run whose process is killed at its n-th write; its lease has ended by time. */
async function killedAt(write: number): Promise<CollectorStore> {
  const store = memoryStore();
  const dying = dyingStore(store, { at: write, after: true });
  await runStream(optionsOf(dying.store)).catch(() => undefined);
  expect(dying.died).toBe(true);
  await dying.bury();
  return store;
}

async function write(store: CollectorStore, status: Partial<StreamStatus>): Promise<void> {
  const document = { connector: connector.slug, stream: "groups", updatedAt: began.toISOString(), ...status };
  await store.state.write(`${connector.slug}/groups/status.json`, Buffer.from(JSON.stringify(document)));
}

describe("a stream whose process was killed", () => {
  it.each([
    ["this machine", 99, "syncing"],
    ["this machine", 100, "interrupted"],
    ["function app", 599, "syncing"],
    ["function app", 600, "interrupted"],
  ] as const)("on %s after %i seconds of silence is %s", async (runner, seconds, state) => {
    const store = await killedAt(6);
    expect(await standing(store, runner, seconds)).toMatchObject({ state });
  });

  it("says since when, how far it came and that it goes on, and then does", async () => {
    const store = await killedAt(6);
    const status = await standing(store, "this machine", 3_600);
    expect(status).toMatchObject({ updatedAt: began.toISOString(), problem: { code: "interrupted" } });
    expect(status?.problem?.message).toMatch(/^The run was interrupted: .* since 2026-11-21 08:00 UTC\. /);
    expect(status?.problem?.next).toMatch(/^The next run goes on from the last savepoint; .*cli -- collect$/);
    const next = await runStream(optionsOf(store));
    expect(next).toMatchObject({ state: "connected", run: { resumed: 1, runId: status?.run?.runId } });
    expect(await standing(store, "this machine", 7_200)).toEqual(next);
  });

  it("says that it begins anew where nothing was saved", async () => {
    const status = await standing(await killedAt(1), "function app", 3_600);
    expect(status?.problem?.next).toMatch(/^Nothing of it was saved yet: .* --deployed$/);
    expect(status?.problem?.message).toContain("It had read nothing.");
  });
});

describe("a stream that says it syncs", () => {
  it("does so as long as somebody holds its lease, however silent", async () => {
    const store = await killedAt(6);
    const lease = await store.state.lease(`${connector.slug}/groups/lock`);
    expect(await standing(store, "this machine", 86_400)).toMatchObject({ state: "syncing" });
    await lease?.release();
    expect(await standing(store, "this machine", 86_400)).toMatchObject({ state: "interrupted" });
  });

  it("is what its run wrote when that ended between the looks", async () => {
    const store = memoryStore();
    await write(store, { state: "syncing" });
    const state = Object.create(store.state, {
      isLeased: {
        value: async () => {
          await write(store, { state: "connected", updatedAt: after(999).toISOString() });
          return false;
        },
      },
    });
    expect(await standing({ ...store, state }, "this machine", 1_000)).toMatchObject({ state: "connected" });
  });

  it("counts what it had come to", async () => {
    const store = memoryStore();
    const figures = { tombstones: 0, throttled: 0, retries: 0, milliseconds: 1, resumed: 0 };
    const run = {
      runId: "r",
      kind: "full",
      startedAt: "",
      records: 12_345,
      requests: 1,
      ...figures,
    } as const;
    await write(store, { state: "syncing", run });
    const status = await standing(store, "function app", 3_600);
    expect(status?.problem?.message).toContain("It had come to 12,345 records in 1 request.");
  });
});

it.each(["queued", "connected", "degraded", "error"] as const)("%s stays what it is", async (state) => {
  const store = memoryStore();
  await write(store, { state });
  expect(await standing(store, "function app", 86_400)).toMatchObject({ state });
});
