/** Faults of Microsoft Graph, injected into a whole tenant: what is collected is compared with what the tenant holds. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import type { FaultRequest } from "../../../infra/local/tenant/core/faults";
import { differences, groupsOf, none, usersOf } from "./truth";
import { World } from "./world";

let world: World;

beforeAll(async () => {
  world = await World.make({ users: 2_500, groups: 150 });
});
afterEach(() => world.admin("DELETE", "/faults"));
afterAll(() => world.end());

const inject = (fault: Partial<FaultRequest>) =>
  world.admin("POST", "/faults", { service: "graph", ...fault });

async function expectWhole(store: CollectorStore): Promise<void> {
  expect(differences(await world.collected("users", store), usersOf(world.running))).toEqual(none);
  expect(differences(await world.collected("groups", store), groupsOf(world.running))).toEqual(none);
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
  "connections that are reset in mid-body": { reply: "reset", remaining: 3 },
  "JSON that ends too early": { reply: "truncated", remaining: 2 },
  "JSON that is none": { reply: "malformed", remaining: 2 },
  "200 with an error for a body": { reply: "error-in-200", remaining: 2 },
  "a duplicate page": { reply: "duplicate-page", remaining: 1 },
  "pages out of order": { reply: "swapped-pages", remaining: 1 },
  "short pages that go on": { reply: "short-page", remaining: 3 },
  "empty pages that go on": { reply: "empty-page", remaining: 2 },
  "a page token that has expired": {
    query: "skiptoken",
    status: 400,
    code: "Directory_ExpiredPageToken",
    message: "The page token has expired.",
    remaining: 1,
  },
  "a token that the service takes for expired": {
    status: 401,
    code: "InvalidAuthenticationToken",
    message: "Lifetime validation failed, the token is expired.",
    remaining: 1,
  },
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

describe("steps of a batch", () => {
  it.each([
    ["429", { status: 429, retryAfter: "2", remaining: 40 }],
    ["429 without Retry-After", { status: 429, remaining: 40 }],
    ["503", { status: 503, remaining: 20 }],
  ] as const)("that answer %s are asked again, each for itself", async (_, fault) => {
    const { store } = world.newStore();
    await inject({ service: "graph-batch-item", ...fault });
    const [, groups] = await collectAll(store);
    expect(groups?.state).toBe("connected");
    expect(groups?.run?.retries).toBeGreaterThan(0);
    await expectWhole(store);
  });
});

describe("a next link that leads back", () => {
  it("is an error that says so, not a run without end", async () => {
    const { store } = world.newStore();
    await inject({ reply: "looping-link", path: "/users" });
    const status = await world.run("users", store);
    expect(status).toMatchObject({ state: "error", problem: { code: "malformed-reply" } });
    expect(await world.collected("users", store)).toEqual({});
  });
});

describe("a fault that stays", () => {
  it.each([
    ["429", { status: 429 }, "throttled"],
    ["503", { status: 503 }, "service-failed"],
    ["closed connections", { drop: true }, "service-failed"],
    ["resets in mid-body", { reply: "reset" }, "service-failed"],
    ["JSON that is none", { reply: "malformed" }, "malformed-reply"],
    ["200 with an error for a body", { reply: "error-in-200" }, "malformed-reply"],
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
