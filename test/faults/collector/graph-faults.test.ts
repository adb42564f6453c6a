/** Faults of Microsoft Graph, injected into a whole tenant: what is collected is compared with what the tenant holds. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import type { FaultRequest } from "../../../infra/local/tenant/core/faults";
import { groupsOf, usersOf } from "./truth";
import { World } from "./world";

let world: World;

beforeAll(async () => {
  world = await World.make();
});
afterEach(() => world.admin("DELETE", "/faults"));
afterAll(() => world.end());

const inject = (fault: Partial<FaultRequest>) =>
  world.admin("POST", "/faults", { service: "graph", ...fault });

async function expectWhole(store: CollectorStore): Promise<void> {
  expect(await world.collected("users", store)).toEqual(usersOf(world.running));
  expect(await world.collected("groups", store)).toEqual(groupsOf(world.running));
}

async function collectAll(store: CollectorStore): Promise<readonly StreamStatus[]> {
  return [await world.run("users", store), await world.run("groups", store)];
}

const states = (statuses: readonly StreamStatus[]) => statuses.map(({ state }) => state);

/** Faults that pass: the run ends complete. */
const passing: Readonly<Record<string, Partial<FaultRequest>>> = {
  "429 with Retry-After": { status: 429, retryAfter: "3", remaining: 5 },
  "429 without Retry-After": { status: 429, remaining: 5 },
  "429 with Retry-After in decimals": { status: 429, retryAfter: "1.5", remaining: 5 },
  "429 with Retry-After as a date": {
    status: 429,
    retryAfter: new Date(Date.now() + 20_000).toUTCString(),
    remaining: 5,
  },
  "429 with Retry-After of more than two minutes": { status: 429, retryAfter: "125", remaining: 5 },
  "500": { status: 500, remaining: 3 },
  "502": { status: 502, remaining: 3 },
  "503": { status: 503, retryAfter: "5", remaining: 3 },
  "504": { status: 504, remaining: 3 },
  "connections that are closed without an answer": { drop: true, remaining: 3 },
};

describe("a fault that passes", () => {
  it.each(Object.entries(passing))("%s: complete, nothing lost, nothing double", async (_, fault) => {
    const { store } = world.newStore();
    await inject(fault);
    expect(states(await collectAll(store))).toEqual(["connected", "connected"]);
    await expectWhole(store);
  });

  it.each(Object.entries(passing))("%s in the middle of the groups' members", async (_, fault) => {
    const { store } = world.newStore();
    await inject({ ...fault, path: "(\\$batch|members|delta)" });
    expect(states(await collectAll(store))).toEqual(["connected", "connected"]);
    await expectWhole(store);
  });
});

describe("a fault that stays", () => {
  it.each([
    ["429", { status: 429 }, "throttled"],
    ["503", { status: 503 }, "service-failed"],
    ["closed connections", { drop: true }, "service-failed"],
  ] as const)(
    "%s: never says that it is complete, and goes on when the fault is over",
    async (_, fault, code) => {
      const { store } = world.newStore();
      await inject({ ...fault, path: "/(users|groups|\\$batch)" });
      for (const { state, problem } of await collectAll(store)) {
        expect(state).toBe("error");
        expect(problem?.code).toBe(code);
      }
      expect(await world.collected("users", store)).toEqual({});
      await world.admin("DELETE", "/faults");
      expect(states(await collectAll(store))).toEqual(["connected", "connected"]);
      await expectWhole(store);
    },
  );
});
