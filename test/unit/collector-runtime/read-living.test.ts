import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { committedRuns } from "../../../components/collector/function/runtime/read-committed";
import { MissingPartError, readLiving } from "../../../components/collector/function/runtime/read-living";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { memoryStore } from "./memory-store";
import { connector, idleGraph, SyntheticTenant, syntheticStream } from "./synthetic";

const everything = new Set(["group", "groupMember"]);

async function living(store: CollectorStore, types: ReadonlySet<string> = everything) {
  const found: [string, string][] = [];
  for await (const { type, key, data } of readLiving(store, connector.slug, "groups", types)) {
    found.push([`${type}:${key}`, JSON.stringify(data())]);
  }
  expect(new Set(found.map(([name]) => name)).size).toBe(found.length);
  return new Map(found.sort());
}

const run = (store: CollectorStore, tenant: SyntheticTenant, delta: boolean | "parents", resync = false) =>
  runStream({
    connector,
    graph: idleGraph(),
    store,
    resync,
    stream: syntheticStream(tenant, { delta, page: 5 }),
  });

type Change = {
  readonly what: "set" | "drop" | "join" | "leave";
  readonly group: string;
  readonly member: string;
};

function apply(tenant: SyntheticTenant, { what, group, member }: Change, number: number): void {
  if (what === "set") tenant.setGroup(group, `name ${number}`);
  else if (what === "drop") tenant.deleteGroup(group);
  else if (what === "join") tenant.setMember(group, member, `role ${number}`);
  else tenant.deleteMember(group, member);
}

/** Names that JSON escapes are keys like any other. */
const name = fc.constantFrom("a", "b", "c", 'd"quote', "e\\slash", "f\nline", "g\u2028", "ä");
const change: fc.Arbitrary<Change> = fc.record({
  what: fc.constantFrom("set", "set", "join", "join", "join", "drop", "leave"),
  group: name,
  member: name,
});

describe("readLiving", () => {
  it("finds what is there after any runs, each record once", async () => {
    const runs = fc.array(
      fc.tuple(
        fc.array(change, { maxLength: 25 }),
        fc.constantFrom(true, false, "parents" as const),
        fc.boolean(),
      ),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    await fc.assert(
      fc.asyncProperty(runs, async (all) => {
        const store = memoryStore();
        const tenant = new SyntheticTenant();
        let number = 0;
        for (const [changes, delta, resync] of all) {
          for (const one of changes) apply(tenant, one, number++);
          expect((await run(store, tenant, delta, resync)).state).toBe("connected");
          expect(await living(store)).toEqual(new Map([...tenant.truth()].sort()));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("reads only the types that are wanted, and knows of their parents' end all the same", async () => {
    const store = memoryStore();
    const tenant = new SyntheticTenant();
    for (const group of ["a", "b"]) {
      tenant.setGroup(group, group);
      tenant.setMember(group, "m", "member");
    }
    await run(store, tenant, true);
    tenant.deleteGroup("a");
    await run(store, tenant, true);
    expect([...(await living(store, new Set(["groupMember"]))).keys()]).toEqual(["groupMember:b/m"]);
    expect([...(await living(store, new Set(["group"]))).keys()]).toEqual(["group:b"]);
    expect(await living(store, new Set(["user"]))).toEqual(new Map());
  });

  it("is empty where nothing was committed", async () => {
    expect(await living(memoryStore())).toEqual(new Map());
  });

  it("refuses to take a rest for the whole", async () => {
    const store = memoryStore();
    const tenant = new SyntheticTenant();
    tenant.setGroup("a", "a");
    await run(store, tenant, true);
    const [only] = await committedRuns(store, connector.slug, "groups");
    await store.data.delete(only?.parts[0]?.path ?? "");
    await expect(living(store)).rejects.toThrow(MissingPartError);
  });
});
