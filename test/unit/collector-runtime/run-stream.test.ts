import { describe, expect, it } from "vitest";
import {
  committedRuns,
  readCommitted,
  readState,
} from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { connector, idleGraph, inFolder, SyntheticTenant, syntheticStream } from "./synthetic";

function tenantOf(groups: number, members: number): SyntheticTenant {
  const tenant = new SyntheticTenant();
  for (let group = 0; group < groups; group++) {
    tenant.setGroup(`g${group}`, `Group ${group}`);
    for (let member = 0; member < members; member++) tenant.setMember(`g${group}`, `m${member}`, "member");
  }
  return tenant;
}

async function state(store: CollectorStore): Promise<Map<string, string>> {
  const types = await readState(store, connector.slug, "groups");
  return new Map(
    [...types].flatMap(([type, byKey]) =>
      [...byKey].map(([key, data]) => [`${type}:${key}`, JSON.stringify(data)]),
    ),
  );
}

async function records(store: CollectorStore) {
  const lines = [];
  for await (const record of readCommitted(store, connector.slug, "groups")) lines.push(record);
  return lines;
}

const run = (store: CollectorStore, tenant: SyntheticTenant, more: object = {}, delta = true) =>
  runStream({
    connector,
    graph: idleGraph(),
    store,
    stream: syntheticStream(tenant, { delta, page: 7 }),
    ...more,
  });

describe("runStream", () => {
  it("commits everything the first time, once, with a schema in every line", () =>
    inFolder(async (folder) => {
      const store = openFolderStore(folder);
      const tenant = tenantOf(5, 4);
      const status = await runStream({
        connector,
        graph: idleGraph(),
        store,
        stream: syntheticStream(tenant, { delta: true, page: 3, duplicates: true }),
      });
      expect(status).toMatchObject({ state: "connected", run: { kind: "full", records: 25, tombstones: 0 } });
      const lines = await records(store);
      expect(lines).toHaveLength(25);
      expect(lines[0]).toEqual({
        schema: "group/1",
        type: "group",
        key: "g0",
        op: "upsert",
        data: { id: "g0", name: "Group 0" },
      });
      expect(await state(store)).toEqual(tenant.truth());
    }));

  it("adds only changes by increments, and a parent's tombstone ends its children", () =>
    inFolder(async (folder) => {
      const store = openFolderStore(folder);
      const tenant = tenantOf(5, 4);
      await run(store, tenant);
      tenant.deleteGroup("g1");
      tenant.setMember("g2", "m1", "owner");
      tenant.deleteMember("g3", "m0");
      const status = await run(store, tenant);
      expect(status.run).toMatchObject({ kind: "increment", records: 3, tombstones: 2 });
      expect(await state(store)).toEqual(tenant.truth());
      const idle = await run(store, tenant);
      expect(idle.run).toMatchObject({ kind: "increment", records: 0 });
      expect(await committedRuns(store, connector.slug, "groups")).toHaveLength(2);
    }));

  it("compares where every run reads everything: writes differences and names what is gone", () =>
    inFolder(async (folder) => {
      const store = openFolderStore(folder);
      const tenant = tenantOf(5, 4);
      await run(store, tenant, {}, false);
      tenant.deleteGroup("g1");
      tenant.setGroup("g2", "Renamed");
      tenant.deleteMember("g3", "m0");
      const status = await run(store, tenant, {}, false);
      expect(status.run).toMatchObject({ records: 3, tombstones: 2 });
      expect(await state(store)).toEqual(tenant.truth());
      expect((await run(store, tenant, {}, false)).run).toMatchObject({ records: 0, tombstones: 0 });
    }));

  it("writes a parent that came back together with its children, as they were", () =>
    inFolder(async (folder) => {
      const store = openFolderStore(folder);
      const tenant = tenantOf(2, 3);
      await run(store, tenant);
      tenant.deleteGroup("g1");
      await run(store, tenant);
      tenant.setGroup("g1", "Group 1");
      for (const member of ["m0", "m1"]) tenant.setMember("g1", member, "member");
      await run(store, tenant, { resync: true });
      expect(await state(store)).toEqual(tenant.truth());
      expect((await run(store, tenant, { resync: true })).run).toMatchObject({ kind: "resync", records: 0 });
    }));
});
