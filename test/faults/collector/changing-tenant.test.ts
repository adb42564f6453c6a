/** A tenant that changes between runs and under way: increments, tombstones, links that expire, rights that go. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { differences, groupsOf, none, usersOf } from "./truth";
import { World } from "./world";

const day = 86_400_000;
let world: World;

beforeEach(async () => {
  world = await World.make({ users: 1_200, groups: 80 });
});
afterEach(() => world.end());

const churn = (changes: number, seed: number) => world.admin("POST", "/churn", { changes, seed });
const advance = (milliseconds: number) => world.admin("POST", "/clock/advance", { milliseconds });

async function expectWhole(store: CollectorStore): Promise<void> {
  expect(differences(await world.collected("users", store), usersOf(world.running))).toEqual(none);
  expect(differences(await world.collected("groups", store), groupsOf(world.running))).toEqual(none);
}

it("follows changes by increments, with few requests", async () => {
  const { store, folder } = world.newStore();
  for (const stream of ["users", "groups"] as const) await world.run(stream, store);
  for (const seed of [1, 2, 3]) {
    await churn(100, seed);
    const [users, groups] = [await world.run("users", store), await world.run("groups", store)];
    expect([users.run?.kind, groups.run?.kind]).toEqual(["increment", "increment"]);
    expect((users.run?.requests ?? 0) + (groups.run?.requests ?? 0)).toBeLessThanOrEqual(30);
    await expectWhole(store);
  }
  expect(await world.doubles("users", folder)).toEqual([]);
});

it("reads everything again when the delta link has expired, and writes differences alone", async () => {
  const { store, folder } = world.newStore();
  for (const stream of ["users", "groups"] as const) await world.run(stream, store);
  await churn(60, 4);
  await advance(8 * day);
  const [users, groups] = [await world.run("users", store), await world.run("groups", store)];
  expect([users.run?.kind, groups.run?.kind]).toEqual(["resync", "resync"]);
  expect(users.run?.records).toBeLessThan(200);
  await expectWhole(store);
  expect(await world.doubles("users", folder)).toEqual([]);
  expect(await world.doubles("groups", folder)).toEqual([]);
});

it("misses nothing that changes while it reads", async () => {
  const { store } = world.newStore();
  await world.admin("POST", "/faults", {
    service: "graph",
    path: "/(users|groups)",
    delay: 150,
    remaining: 8,
  });
  const running = world.run("groups", store);
  for (const seed of [5, 6, 7]) await churn(30, seed);
  expect((await running).state).toBe("connected");
  // What changed after the last request of the run is the next one's.
  expect((await world.run("groups", store)).state).toBe("connected");
  expect(differences(await world.collected("groups", store), groupsOf(world.running))).toEqual(none);
});

describe("rights that go while it runs", () => {
  it("names the permission that was taken, and the other stream goes on", async () => {
    const { store } = world.newStore();
    world.registration.revoke("GroupMember.Read.All");
    const status = await world.run("groups", store);
    expect(status).toMatchObject({ state: "error", problem: { code: "permission-missing" } });
    expect(status.problem?.permission).toContain("GroupMember.Read.All");
    expect((await world.run("users", store)).state).toBe("connected");
  });

  it("says that the secret no longer signs in", async () => {
    const { store } = world.newStore();
    const old = world.registration.secret;
    world.registration.rotate();
    const status = await world.run("users", store, { graph: world.reader(old) });
    expect(status).toMatchObject({ state: "error", problem: { code: "sign-in-failed" } });
    expect(JSON.stringify(status)).not.toContain(old);
  });
});

it.each([10, -10])("works with a clock that is %i minutes off", async (minutes) => {
  const { store } = world.newStore();
  await advance(minutes * 60_000);
  for (const stream of ["users", "groups"] as const)
    expect((await world.run(stream, store)).state).toBe("connected");
  await churn(20, 8);
  for (const stream of ["users", "groups"] as const)
    expect((await world.run(stream, store)).state).toBe("connected");
  await expectWhole(store);
});

it("degrades with a clear word where the tenant has no Entra ID P2, and goes on when it has", async () => {
  const { store } = world.newStore();
  await world.admin("PUT", "/edition", { edition: "Free" });
  const status = await world.run("risky-users", store);
  expect(status).toMatchObject({ state: "degraded", problem: { code: "license-missing" } });
  await world.admin("PUT", "/edition", { edition: "P2" });
  expect((await world.run("risky-users", store)).state).toBe("connected");
});

it("keeps records of any text and of megabytes", async () => {
  const { store } = world.newStore();
  const { users } = openDirectory(world.running.tenant.store);
  const [user] = [...users.values()];
  if (user === undefined) throw new Error("the tenant has no user");
  const odd = 'Zoë \u0000\u0007\u001f "quoted"\\ \u2028\u2029 \ud83d\ude00 \r\n end';
  users.put({
    ...user,
    displayName: odd,
    properties: { ...user.properties, department: "x".repeat(4_000_000) },
  });
  expect((await world.run("users", store)).state).toBe("connected");
  expect(differences(await world.collected("users", store), usersOf(world.running))).toEqual(none);
  const kept = (await world.data("users", "user", store)).get(user.id);
  expect(kept).toMatchObject({ displayName: odd });
  expect(JSON.stringify(kept).length).toBeGreaterThan(4_000_000);
});

it("lets one of two instances work, without harm by the other", async () => {
  const { store } = world.newStore();
  const both = await Promise.all([world.run("users", store), world.run("users", store)]);
  expect(both.filter(({ state }) => state === "connected").length).toBeGreaterThanOrEqual(1);
  expect(both.every(({ state }) => state !== "error")).toBe(true);
  expect(differences(await world.collected("users", store), usersOf(world.running))).toEqual(none);
});
