/** Kills a collection at a chosen write, lets it go on, and compares what is committed with the tenant. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
import type { ServedConnector } from "../../../components/collector/function/model/settings";
import type { StreamName } from "../../../components/collector/function/model/stream-names";
import { projectRoot } from "../../../infra/local/paths";
import { randomOf } from "../kills";
import { differences, groupsOf, none, usersOf } from "./truth";
import type { World } from "./world";

/** Where a collection dies. */
interface KillPoint {
  readonly killAtWrite: number;
  readonly afterWrite: boolean;
}

interface Ended {
  readonly killed: boolean;
  readonly states: readonly string[];
  readonly writes: number;
}

export const neverKilled: KillPoint = { killAtWrite: 0, afterWrite: false };

/** One process that collects; `killed` when it did not live to the end. */
export async function collectInProcess(
  world: World,
  folder: string,
  point: KillPoint,
  streams: readonly StreamName[],
  connector: ServedConnector = world.connector,
): Promise<Ended> {
  const { registration, running } = world;
  const activityRoot = `${running.endpoint.origin}/manage`;
  const child = spawn(
    join(projectRoot(), "node_modules", ".bin", "tsx"),
    [join(projectRoot(), "test/faults/collector/collecting-process.ts")],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: running.endpoint.caFile,
        COLLECT_TASK: JSON.stringify({
          connector,
          secret: registration.secret,
          folder,
          streams,
          activityRoot,
          ahead: running.tenant.clock.now() - Date.now(),
          ...point,
        }),
      },
    },
  );
  let output = "";
  child.stdout.on("data", (bytes: Buffer) => {
    output += bytes.toString("utf8");
  });
  await new Promise((resolve) => child.once("close", resolve));
  if (output === "") return { killed: true, states: [], writes: 0 };
  return { killed: false, ...(JSON.parse(output) as Omit<Ended, "killed">) };
}

const collect = (world: World, folder: string, point: KillPoint): Promise<Ended> =>
  collectInProcess(world, folder, point, ["users", "groups"]);

/** A point that follows from the numbers: before or after one of so many writes. */
export const killPoint = (random: () => number, writes: number): KillPoint => ({
  killAtWrite: 1 + Math.floor(random() * writes),
  afterWrite: random() < 0.5,
});

/** How many writes a collection takes that nobody disturbs. */
export async function writesOf(world: World): Promise<number> {
  return (await collect(world, world.newStore().folder, neverKilled)).writes;
}

/**
 * Dies several times at points that follow from the seed, each time further on or not, and is then left alone.
 */
export async function expectSurvival(world: World, seed: number, writes: number): Promise<void> {
  const random = randomOf(seed);
  const { store, folder } = world.newStore();
  for (let attempt = 0; attempt < 2; attempt++) {
    const { states } = await collect(world, folder, killPoint(random, writes));
    // A point behind the last write of a resumed run is never reached.
    expect(states.every((state) => state === "connected")).toBe(true);
  }
  const { killed, states } = await collect(world, folder, neverKilled);
  expect({ killed, states }).toEqual({ killed: false, states: ["connected", "connected"] });
  expect(differences(await world.collected("users", store), usersOf(world.running))).toEqual(none);
  expect(differences(await world.collected("groups", store), groupsOf(world.running))).toEqual(none);
  await expectOnce(world, folder);
}

/** No committed record of the same content stands twice. */
async function expectOnce(world: World, folder: string): Promise<void> {
  for (const stream of ["users", "groups"] as const) expect(await world.doubles(stream, folder)).toEqual([]);
}
