import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAdminApp, type SeedSize } from "../../../infra/local/tenant/core/admin";
import { ServiceConditions } from "../../../infra/local/tenant/core/conditions";
import { Faults } from "../../../infra/local/tenant/core/faults";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";

let tenant: TestTenant;
let seeded: SeedSize[];
let app: ReturnType<typeof createAdminApp>;

beforeEach(() => {
  tenant = createTestTenant({ now: new Date("2026-03-01T12:00:00Z") });
  seeded = [];
  app = createAdminApp({
    ...tenant,
    key: "the-key",
    faults: new Faults(tenant.store),
    conditions: new ServiceConditions(tenant.store),
    status: () => ({ running: true }),
    seed: async (size) => seeded.push(size),
    reset: async () => ({}),
    keyLists: ["things"],
    keys: (list) => (list === "things" ? ["a/b", 'c"d'] : undefined),
    setEdition: () => undefined,
    churn: async (size) => size,
    assignIdentities: () => undefined,
    areas: {},
  });
});
afterEach(() => tenant.close());

async function call(method: string, path: string, body?: unknown, key = "the-key") {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await app.request(path, {
    method,
    headers: { "x-admin-key": key },
    ...(body === undefined ? {} : { body: text }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

test("readiness is open to all, everything else needs the key", async () => {
  expect((await call("GET", "/ready", undefined, "")).status).toBe(200);
  for (const key of ["", "wrong", "the-key-"]) {
    expect((await call("GET", "/status", undefined, key)).status).toBe(401);
    expect((await call("POST", "/reset", undefined, key)).status).toBe(401);
  }
  expect((await call("GET", "/status")).body).toEqual({ running: true });
});

test("the clock is read, moved and set back", async () => {
  expect((await call("POST", "/clock/advance", { milliseconds: 3_600_000 })).body).toEqual({
    now: "2026-03-01T13:00:00.000Z",
    offset: 3_600_000,
  });
  expect((await call("POST", "/clock/reset")).body).toMatchObject({ offset: 0 });
  expect((await call("GET", "/clock")).body).toMatchObject({ now: "2026-03-01T12:00:00.000Z" });
});

test("faults are added, listed and cleared", async () => {
  const added = await call("POST", "/faults", { service: "graph", method: "get", status: 503 });
  expect(added).toMatchObject({ status: 201, body: { method: "GET", status: 503 } });
  expect((await call("GET", "/faults")).body).toEqual([added.body]);
  expect((await call("DELETE", "/faults")).body).toEqual({ cleared: 1 });
});

test("delays are changed one by one", async () => {
  await call("PUT", "/delays", { lists: 50 });
  expect((await call("GET", "/delays")).body).toMatchObject({ lists: 50, "token-endpoint": 0 });
});

test("conditions are changed one by one, and only within reason", async () => {
  expect((await call("GET", "/conditions")).body).toEqual({ throttling: true, latency: 0 });
  await call("PUT", "/conditions", { latency: 50 });
  expect((await call("PUT", "/conditions", { throttling: false })).body).toEqual({
    throttling: false,
    latency: 50,
  });
  expect((await call("PUT", "/conditions", { latency: -1 })).status).toBe(400);
});

test("keys of a list come one a line", async () => {
  const response = await app.request("/objects/things", { headers: { "x-admin-key": "the-key" } });
  expect(response.headers.get("content-type")).toBe("application/x-ndjson");
  expect(await response.text()).toBe('{"key":"a/b"}\n{"key":"c\\"d"}\n');
  expect(await call("GET", "/objects/others")).toMatchObject({
    status: 404,
    body: { error: { message: "There is no list of that name. There are: things." } },
  });
});

test("churn is as much as is asked for", async () => {
  expect((await call("POST", "/churn", { changes: 7 })).body).toEqual({ changes: 7, seed: 1 });
  expect((await call("POST", "/churn", { changes: 0 })).status).toBe(400);
});

test("a seed request fills in what it does not say", async () => {
  await call("POST", "/seed", { users: 5 });
  expect(seeded).toEqual([{ users: 5, groups: 40, seed: 1 }]);
});

describe("bad input is answered with 400 and what is wrong", () => {
  test.each([
    ["POST", "/faults", "{", "not JSON"],
    ["POST", "/faults", { service: "graph" }, "needs a status, drop, delay or reply"],
    ["POST", "/faults", { service: "graph", status: 200 }, "status"],
    ["POST", "/faults", { service: "graph", status: 500, path: "(" }, "not a regular expression"],
    ["POST", "/faults", { service: "graph", status: 500, often: 3 }, "often"],
    ["POST", "/clock/advance", { milliseconds: "1d" }, "milliseconds"],
    ["POST", "/clock/advance", { milliseconds: 1e300 }, "milliseconds"],
    ["POST", "/seed", { users: -1 }, "users"],
    ["PUT", "/edition", { edition: "P3" }, "edition"],
    ["PUT", "/delays", { everything: 1 }, "everything"],
    ["PUT", "/identity-hosts", { header: "short", principalIds: [] }, "header"],
  ])("%s %s %j", async (method, path, body, part) => {
    const reply = await call(method, path, body);
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body)).toContain(part);
  });
});
