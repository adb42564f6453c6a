import fc from "fast-check";
import { expect, it } from "vitest";
import { streams } from "../../../components/collector/function/streams";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { graphClient } from "../graph/graph-client";
import { type Change, change, kindsOfChange } from "./churn";
import { readEverything } from "./permissions";
import { type Known, runKilled, runStream } from "./run-stream";
import { tenantReader } from "./tenant-reader";

/** Streams that follow changes, and the changes that concern them. */
const followed = {
  users: ["add user", "rename user", "delete user", "restore"],
  groups: kindsOfChange.filter((kind) => !/application|device|grant|unit/.test(kind)),
  applications: kindsOfChange.filter((kind) => /application|restore|delete user/.test(kind)),
  devices: kindsOfChange.filter((kind) => /device|delete user/.test(kind)),
  "delegated-grants": kindsOfChange.filter((kind) => /grant/.test(kind)),
  "administrative-units": kindsOfChange.filter((kind) => /unit|delete user|restore/.test(kind)),
} as const;
const names = Object.keys(followed) as (keyof typeof followed)[];

const changesOf = (name: keyof typeof followed) =>
  fc.array(
    fc.record({
      what: fc.constantFrom(...followed[name]),
      one: fc.nat(200),
      other: fc.nat(200),
    }),
    { minLength: 1, maxLength: 12 },
  );

/** Changes between runs, changes while a run reads, and after how many steps it is killed. */
const roundsOf = (name: keyof typeof followed) =>
  fc.array(
    fc.record({
      between: changesOf(name),
      during: changesOf(name),
      killedAfter: fc.integer({ min: 2, max: 9 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

it.each(names)(
  "%s: what is known equals the tenant after any changes, before, between and during runs",
  async (name) => {
    const stream = streams[name];
    await fc.assert(
      fc.asyncProperty(
        roundsOf(name),
        fc.integer({ min: 2, max: 30 }),
        fc.boolean(),
        async (all, top, huge) => {
          const client = await graphClient(readEverything);
          try {
            await seedDirectory(client.tenant, { users: 40, groups: 12, seed: top });
            const directory = openDirectory(client.tenant.store);
            const graph = tenantReader(client);
            graph.top = top;
            let known: Known = new Map();
            let checkpoint: Parameters<typeof runStream>[1]["checkpoint"];
            for (const { between, during, killedAfter } of all) {
              for (const one of between) change(directory, one);
              const waiting: Change[] = [...during];
              graph.intercept = (path) => {
                const next = waiting.shift();
                if (next !== undefined) change(directory, next);
                // A huge collection is read by delta pages.
                return huge && path.endsWith("/$count") ? { status: 200, body: 1_000_000_000 } : undefined;
              };
              const run = await runKilled(stream, { graph, checkpoint }, killedAfter, known);
              graph.intercept = () => undefined;
              const quiet = await runStream(stream, { graph, checkpoint: run.end.checkpoint }, run.known);
              const truth = await runStream(stream, { graph: tenantReader(client) });
              expect([...quiet.known].sort()).toEqual([...truth.known].sort());
              known = quiet.known;
              checkpoint = quiet.end.checkpoint;
            }
          } finally {
            client.tenant.close();
          }
        },
      ),
      { numRuns: 8, seed: 20261121 },
    );
  },
  60_000,
);
