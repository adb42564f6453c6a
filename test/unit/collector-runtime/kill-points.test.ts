import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  committedRuns,
  readCommitted,
  readState,
} from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { dyingStore } from "./dying-store";
import { memoryStore } from "./memory-store";
import { connector, idleGraph, SyntheticTenant, syntheticStream } from "./synthetic";

const group = fc.integer({ min: 0, max: 5 }).map((id) => `g${id}`);
const member = fc.integer({ min: 0, max: 7 }).map((id) => `m${id}`);
const word = fc.constantFrom("a", "b", "ü\u0000\n\ud83d\ude00", 'quote"\\');

const change = fc.oneof(
  fc.record({ kind: fc.constant("setGroup" as const), group, name: word }),
  fc.record({ kind: fc.constant("deleteGroup" as const), group }),
  fc.record({ kind: fc.constant("setMember" as const), group, member, role: word }),
  fc.record({ kind: fc.constant("deleteMember" as const), group, member }),
);

const round = fc.record({
  changes: fc.array(change, { maxLength: 25 }),
  deaths: fc.array(fc.record({ at: fc.integer({ min: 0, max: 14 }), after: fc.boolean() }), { maxLength: 3 }),
  resync: fc.boolean(),
  expired: fc.boolean(),
  page: fc.integer({ min: 1, max: 9 }),
  duplicates: fc.boolean(),
});

type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function apply(tenant: SyntheticTenant, one: Change): void {
  switch (one.kind) {
    case "setGroup":
      tenant.setGroup(one.group, one.name);
      break;
    case "deleteGroup":
      tenant.deleteGroup(one.group);
      break;
    case "setMember":
      tenant.setMember(one.group, one.member, one.role);
      break;
    case "deleteMember":
      tenant.deleteMember(one.group, one.member);
      break;
  }
}

async function stateOf(store: CollectorStore): Promise<Map<string, string>> {
  const types = await readState(store, connector.slug, "groups");
  return new Map(
    [...types].flatMap(([type, byKey]) =>
      [...byKey].map(([key, data]) => [`${type}:${key}`, JSON.stringify(data)]),
    ),
  );
}

/** Every part that a commit refers to is there, and no line of a run is in it twice. */
async function expectWhole(store: CollectorStore): Promise<void> {
  let records = 0;
  for (const run of await committedRuns(store, connector.slug, "groups")) {
    for (const part of run.parts) {
      expect(await store.data.read(part.path)).toBeDefined();
      records += part.records;
    }
  }
  const lines = [];
  for await (const { key, type, op, data } of readCommitted(store, connector.slug, "groups")) {
    lines.push(JSON.stringify([type, key, op, data]));
  }
  expect(lines).toHaveLength(records);
}

/** No blob is left that nothing refers to. */
async function expectSwept(store: CollectorStore): Promise<void> {
  const runs = await committedRuns(store, connector.slug, "groups");
  const referred = new Set(runs.flatMap((run) => run.parts.map(({ path }) => path)));
  for await (const path of store.data.list("")) {
    if (!path.endsWith("manifest.json")) expect(referred).toContain(path);
  }
}

const ways = [
  ["by delta", true],
  ["by comparing", false],
  ["by delta with members by comparing", "parents"],
] as const;

describe("whatever the write at which a run dies", () => {
  for (const [how, delta] of ways) {
    it(
      `the next one goes on and what is committed is the tenant's truth, ${how}`,
      () =>
        fc.assert(
          fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 5 }), async (rounds) => {
            const store = memoryStore();
            const tenant = new SyntheticTenant();
            let truth = tenant.truth();
            for (const { changes, deaths, resync, expired, page, duplicates } of rounds) {
              for (const one of changes) apply(tenant, one);
              const stream = syntheticStream(tenant, { delta, page, duplicates, expired: () => expired });
              const options = { connector, graph: idleGraph(), stream, resync, savepointMilliseconds: 0 };
              for (const death of deaths) {
                const dying = dyingStore(store, death);
                const status = await runStream({ ...options, store: dying.store }).catch(() => undefined);
                if (!dying.died) expect(status?.state).toBe("connected");
                await dying.bury();
                expect([truth, tenant.truth()]).toContainEqual(await stateOf(store));
              }
              expect(await runStream({ ...options, store })).toMatchObject({ state: "connected" });
              truth = tenant.truth();
              expect(await stateOf(store)).toEqual(truth);
              await expectWhole(store);
              await expectSwept(store);
            }
          }),
          { numRuns: Number(process.env.KILL_POINT_RUNS ?? 100) },
        ),
      60_000,
    );
  }
});
