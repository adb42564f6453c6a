/** What every store of the collector keeps: run against the folder, and against Blob Storage in an end-to-end test. */
import { expect, it } from "vitest";
import { committedRuns, readState } from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import {
  type BlobStore,
  type CollectorStore,
  ConditionFailedError,
} from "../../../components/collector/function/storage/store";
import { connector, idleGraph, SyntheticTenant, syntheticStream } from "./synthetic";

const bytes = (text: string) => Buffer.from(text);

async function paths(blobs: BlobStore, prefix: string): Promise<string[]> {
  const found = [];
  for await (const path of blobs.list(prefix)) found.push(path);
  return found.sort();
}

/** @param open a store that no other test uses */
export function storeContract(open: () => CollectorStore): void {
  it("gives back what was written, and nothing where nothing is", async () => {
    const { data } = open();
    const large = Buffer.alloc(5 * 1024 * 1024, "records of a tenant ");
    const etag = await data.write("c/s/part", large);
    const read = await data.read("c/s/part");
    expect(read?.etag).toBe(etag);
    expect(read?.bytes.equals(large)).toBe(true);
    const chunks = [];
    for await (const chunk of (await data.readStream("c/s/part")) ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(large)).toBe(true);
    await data.write("c/s/part", Buffer.alloc(0));
    expect((await data.read("c/s/part"))?.bytes).toHaveLength(0);
    await data.delete("c/s/part");
    await data.delete("c/s/part");
    expect(await data.read("c/s/part")).toBeUndefined();
    expect(await data.readStream("c/s/part")).toBeUndefined();
  });

  it("keeps the two containers apart and lists by prefix", async () => {
    const { data, state } = open();
    for (const path of ["c/groups/a", "c/groups/b/c", "c/groups-of-others/d"])
      await data.write(path, bytes(path));
    await state.write("c/groups/e", bytes("e"));
    expect(await paths(data, "c/groups/")).toEqual(["c/groups/a", "c/groups/b/c"]);
    expect(await paths(data, "c/groups")).toHaveLength(3);
    expect(await paths(data, "nobody/")).toEqual([]);
  });

  it("refuses a write whose condition does not hold", async () => {
    const { state } = open();
    const first = await state.write("doc", bytes("1"), { ifAbsent: true });
    await expect(state.write("doc", bytes("2"), { ifAbsent: true })).rejects.toThrow(ConditionFailedError);
    const second = await state.write("doc", bytes("2"), { ifMatch: first });
    await expect(state.write("doc", bytes("3"), { ifMatch: first })).rejects.toThrow(ConditionFailedError);
    await expect(state.write("absent", bytes("3"), { ifMatch: first })).rejects.toThrow(ConditionFailedError);
    expect(await state.read("doc")).toEqual({ bytes: bytes("2"), etag: second });
  });

  it("lets one of several that write at once through", async () => {
    const { state } = open();
    const writes = Array.from({ length: 8 }, (_, n) =>
      state.write("once", bytes(`${n}`), { ifAbsent: true }),
    );
    const settled = await Promise.allSettled(writes);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("leases to one at a time", async () => {
    const { state } = open();
    const all = await Promise.all(Array.from({ length: 6 }, () => state.lease("c/s/lock")));
    const held = all.filter((lease) => lease !== undefined);
    expect(held).toHaveLength(1);
    expect(await state.lease("c/s/lock")).toBeUndefined();
    expect(await state.isLeased("c/s/lock")).toBe(true);
    expect(await state.isLeased("c/another/lock")).toBe(false);
    expect(held[0]?.signal.aborted).toBe(false);
    await held[0]?.release();
    expect(await state.isLeased("c/s/lock")).toBe(false);
    const next = await state.lease("c/s/lock");
    expect(next).toBeDefined();
    await next?.release();
  });

  it("holds runs, one after the other and two at once", async () => {
    const store = open();
    const tenant = new SyntheticTenant();
    for (let group = 0; group < 5; group++) {
      tenant.setGroup(`g${group}`, `Gruppe ${group} ü\u0000😀`);
      tenant.setMember(`g${group}`, "m", "owner");
    }
    const stream = syntheticStream(tenant, { delta: true, page: 2 });
    const run = () => runStream({ connector, graph: idleGraph(), store, stream, savepointMilliseconds: 0 });
    const together = await Promise.all([run(), run()]);
    expect(together.map(({ state }) => state)).toContain("connected");
    tenant.deleteGroup("g1");
    expect(await run()).toMatchObject({ state: "connected", run: { kind: "increment", records: 1 } });
    const state = await readState(store, connector.slug, "groups");
    expect([...(state.get("groupMember")?.keys() ?? [])].sort()).toEqual(["g0/m", "g2/m", "g3/m", "g4/m"]);
    expect(state.get("group")?.get("g2")).toEqual({ id: "g2", name: "Gruppe 2 ü\u0000😀" });
    expect(await committedRuns(store, connector.slug, "groups")).toHaveLength(2);
  });
}
