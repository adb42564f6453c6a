import { describe, expect, it } from "vitest";
import { readCommit, readState } from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import type { BlobStore, CollectorStore } from "../../../components/collector/function/storage/store";
import { memoryStore } from "./memory-store";
import { connector, idleGraph, SyntheticTenant, syntheticStream } from "./synthetic";

/** Counts what is read of the key index. */
function watched(store: CollectorStore): { store: CollectorStore; indexReads: () => number } {
  let reads = 0;
  const state = new Proxy(store.state, {
    get(target: BlobStore, name: keyof BlobStore) {
      const method = target[name].bind(target) as (path: string, ...rest: unknown[]) => unknown;
      return (path: string, ...rest: unknown[]) => {
        if (name.startsWith("read") && path.includes("/index/")) reads++;
        return method(path, ...rest);
      };
    },
  });
  return { store: { ...store, state }, indexReads: () => reads };
}

function bigTenant(groups: number): SyntheticTenant {
  const tenant = new SyntheticTenant();
  for (let group = 0; group < groups; group++) {
    tenant.setGroup(`g${group}`, "Group");
    for (let member = 0; member < 100; member++) tenant.setMember(`g${group}`, `m${member}`, "member");
  }
  return tenant;
}

const collect = (store: CollectorStore, tenant: SyntheticTenant, more: object = {}) =>
  runStream({
    connector,
    graph: idleGraph(),
    store,
    stream: syntheticStream(tenant, { delta: true, page: 500 }),
    ...more,
  });

async function count(store: CollectorStore): Promise<number> {
  const types = await readState(store, connector.slug, "groups");
  return [...types.values()].reduce((sum, byKey) => sum + byKey.size, 0);
}

describe("the key index under increments", () => {
  it("is not read by one, and stays short over many", async () => {
    const { store, indexReads } = watched(memoryStore());
    const tenant = bigTenant(20);
    await collect(store, tenant);
    for (let day = 0; day < 60; day++) {
      tenant.setGroup(`g${day % 20}`, `Name ${day}`);
      tenant.deleteMember(`g${day % 20}`, `m${day}`);
      const before = indexReads();
      expect(await collect(store, tenant)).toMatchObject({ run: { kind: "increment", records: 2 } });
      // Every sixteenth joins the small segments, which reads them, never the rest.
      if ((day + 1) % 15 !== 0) expect(indexReads()).toBe(before);
    }
    const commit = await readCommit(store, connector.slug, "groups");
    expect(commit?.index.length).toBeLessThanOrEqual(17);
    expect(await collect(store, tenant, { resync: true })).toMatchObject({
      run: { kind: "resync", records: 0 },
    });
    expect(await count(store)).toBe(tenant.truth().size);
  });

  it("is written anew when changes have outgrown it, without a difference", async () => {
    const store = memoryStore();
    const tenant = bigTenant(5);
    await collect(store, tenant);
    for (let round = 0; round < 2; round++) {
      for (let change = 0; change < 26_000; change++) {
        tenant.setMember(`g${change % 5}`, `m${change % 100}`, `role ${round} ${change}`);
      }
      await collect(store, tenant);
    }
    const commit = await readCommit(store, connector.slug, "groups");
    expect(commit?.index.reduce((sum, { entries }) => sum + entries, 0)).toBe(505);
    expect(await collect(store, tenant, { resync: true })).toMatchObject({ run: { records: 0 } });
    expect(await count(store)).toBe(tenant.truth().size);
  });

  it("writes everything again before the retention rule can leave a gap, tombstones too", async () => {
    const store = memoryStore();
    const tenant = bigTenant(2);
    let day = 0;
    const now = () => new Date(Date.parse("2026-11-01T00:00:00Z") + day * 86_400_000);
    const run = () => collect(store, tenant, { now, rewriteAfterDays: 15 });
    await run();
    day = 14;
    tenant.deleteMember("g0", "m0");
    expect(await run()).toMatchObject({ run: { kind: "increment", records: 1 } });
    day = 15;
    tenant.deleteMember("g0", "m1");
    expect(await run()).toMatchObject({ run: { kind: "full", records: 201, tombstones: 1 } });
    for await (const path of store.data.list("contoso/groups/2026/11/01/")) await store.data.delete(path);
    day = 16;
    tenant.setGroup("g1", "Renamed");
    expect(await run()).toMatchObject({ run: { kind: "increment", records: 1 } });
    expect(await count(store)).toBe(tenant.truth().size);
  });

  it("names what vanished although all parts were deleted by the retention rule", async () => {
    const store = memoryStore();
    const tenant = bigTenant(3);
    await collect(store, tenant);
    for await (const path of store.data.list("")) await store.data.delete(path);
    tenant.groups.delete("g1");
    tenant.groups.get("g2")?.members.delete("m7");
    expect(await collect(store, tenant, { resync: true })).toMatchObject({
      run: { kind: "resync", records: 2, tombstones: 2 },
    });
  });
});
