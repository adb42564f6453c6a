import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readRound } from "./delta-reader";
import { type DeltaWorld, deltaWorld, guid, idsOf } from "./delta-world";

let client: DeltaWorld["client"];
let addUser: DeltaWorld["addUser"];
let addGroup: DeltaWorld["addGroup"];

beforeEach(async () => {
  ({ client, addUser, addGroup } = await deltaWorld());
});
afterEach(() => client.tenant.close());

describe("the first round", () => {
  test("shows every user once or twice, 200 a page whatever is asked, and ends in a delta link", async () => {
    for (let number = 0; number < 4_000; number += 1) addUser(number);
    const { pages, objects, link } = await readRound(
      client,
      "/v1.0/users/delta?$select=displayName&$top=999",
    );
    expect(new Set(idsOf(objects)).size).toBe(4_000);
    expect(Math.max(...pages.map(({ value }) => value.length))).toBe(200);
    expect(objects.length).toBeGreaterThan(4_000);
    expect(objects.length).toBeLessThan(4_010);
    expect(link).toMatch(/^\/v1\.0\/users\/delta\?\$deltatoken=/);
    expect(objects[0]).toEqual({ id: guid(0), displayName: "User 0" });
  });

  test.each(["delta()", "microsoft.graph.delta()", "microsoft.graph.delta", "Delta"])(
    "is also called %s",
    async (name) => {
      addUser(1);
      expect(idsOf((await readRound(client, `/beta/users/${name}`)).objects)).toEqual([guid(1)]);
    },
  );

  test("leaves out properties that were never set", async () => {
    addUser(1, { properties: { city: "Bern" } });
    const { objects } = await readRound(client, "/v1.0/users/delta?$select=city,country,mail");
    expect(objects).toEqual([{ id: guid(1), city: "Bern" }]);
  });

  test("spreads the members of large groups over pages, 1,000 of all groups a page", async () => {
    const users = Array.from({ length: 2_500 }, (_, number) => addUser(number).id);
    const large = addGroup(1, users, [users[0]!]);
    const small = addGroup(2, users.slice(0, 700));
    const { pages } = await readRound(client, "/v1.0/groups/delta?$select=displayName,members,owners");
    const counted = pages.map(({ value }) =>
      value.reduce((sum, group) => sum + ((group["members@delta"] as unknown[] | undefined)?.length ?? 0), 0),
    );
    expect(Math.max(...counted)).toBe(1_000);
    const members = new Map<string, Set<string>>([
      [large, new Set()],
      [small, new Set()],
    ]);
    for (const group of pages.flatMap(({ value }) => value)) {
      for (const { id } of (group["members@delta"] ?? []) as { id: string }[]) members.get(group.id)?.add(id);
    }
    expect([members.get(large)?.size, members.get(small)?.size]).toEqual([2_500, 700]);
    expect(pages[0]?.value[0]?.["owners@delta"]).toEqual([
      { "@odata.type": "#microsoft.graph.user", id: users[0] },
    ]);
  });

  test("goes on within a large group after an empty page", async () => {
    const users = Array.from({ length: 60_000 }, (_, number) => guid(number));
    const group = addGroup(1, users);
    const { pages } = await readRound(client, "/v1.0/groups/delta?$select=members");
    const members = pages.flatMap(({ value }) => value.flatMap((one) => one["members@delta"] as object[]));
    expect(pages.some(({ value }) => value.length === 0)).toBe(true);
    expect(members).toHaveLength(60_000);
    expect(new Set(pages.flatMap(({ value }) => idsOf(value)))).toEqual(new Set([group]));
  });

  test("follows only the objects that the filter names", async () => {
    for (let number = 0; number < 5; number += 1) addUser(number);
    const filter = encodeURIComponent(`id eq '${guid(3)}' or id eq '${guid(1)}'`);
    const { objects, link } = await readRound(client, `/v1.0/users/delta?$filter=${filter}`);
    expect(idsOf(objects)).toEqual([guid(1), guid(3)]);
    addUser(2, { displayName: "Other" });
    addUser(3, { displayName: "Changed" });
    expect(idsOf((await readRound(client, link)).objects)).toEqual([guid(3)]);
  });

  test("is skipped with $deltatoken=latest", async () => {
    addUser(1);
    const { objects, link } = await readRound(
      client,
      "/v1.0/users/delta?$deltatoken=latest&$select=displayName",
    );
    expect(objects).toEqual([]);
    addUser(2);
    expect(idsOf((await readRound(client, link)).objects)).toEqual([guid(2)]);
  });
});
