import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { graphClient } from "../graph/graph-client";
import { pathOf, readRound } from "./delta-reader";
import { type DeltaWorld, deltaWorld, guid, idsOf, roles } from "./delta-world";

let client: DeltaWorld["client"];
let directory: DeltaWorld["directory"];
let addUser: DeltaWorld["addUser"];
let addGroup: DeltaWorld["addGroup"];

beforeEach(async () => {
  ({ client, directory, addUser, addGroup } = await deltaWorld());
});
afterEach(() => client.tenant.close());

describe("the next round", () => {
  test("shows nothing when nothing changed", async () => {
    addUser(1);
    const first = await readRound(client, "/v1.0/users/delta");
    const second = await readRound(client, first.link);
    expect(second.objects).toEqual([]);
    expect((await readRound(client, second.link)).objects).toEqual([]);
  });

  test("shows created, changed and deleted users, and only what was selected", async () => {
    for (let number = 0; number < 4; number += 1) addUser(number);
    const { link } = await readRound(client, "/v1.0/users/delta?$select=displayName,city");
    addUser(0, { displayName: "Renamed" });
    addUser(1, { properties: { department: "Not followed" } });
    addUser(4);
    await client.call("DELETE", `/v1.0/users/${guid(2)}`);
    const { objects } = await readRound(client, link);
    expect(objects).toEqual([
      { id: guid(0), displayName: "Renamed" },
      { id: guid(4), displayName: "User 4" },
      { id: guid(2), "@removed": { reason: "changed" } },
    ]);
  });

  test("shows a value that was taken away as null", async () => {
    addUser(1, { properties: { city: "Bern" } });
    const { link } = await readRound(client, "/v1.0/users/delta?$select=displayName,city");
    addUser(1);
    expect((await readRound(client, link)).objects).toEqual([
      { id: guid(1), displayName: "User 1", city: null },
    ]);
  });

  test("shows only the changed properties when asked for the minimum", async () => {
    addUser(1, { properties: { city: "Bern" } });
    const { link } = await readRound(client, "/v1.0/users/delta?$select=displayName,city");
    addUser(1, { properties: { city: "Basel" } });
    const minimal = { prefer: "return=minimal" };
    expect((await readRound(client, link, minimal)).objects).toEqual([{ id: guid(1), city: "Basel" }]);
  });

  test("tells an object gone for good from one in the recycle bin, and brings a restored one back whole", async () => {
    addUser(1);
    addUser(2);
    const group = addGroup(1, [guid(1), guid(2)]);
    const first = await readRound(client, "/v1.0/users/delta?$select=displayName");
    const groups = await readRound(client, "/v1.0/groups/delta?$select=members");
    await client.call("DELETE", `/v1.0/users/${guid(1)}`);
    await client.call("DELETE", `/v1.0/users/${guid(2)}`);
    await client.call("DELETE", `/v1.0/directory/deletedItems/${guid(2)}`);
    const second = await readRound(client, first.link);
    expect(second.objects).toEqual([
      { id: guid(1), "@removed": { reason: "changed" } },
      { id: guid(2), "@removed": { reason: "deleted" } },
    ]);
    const without = await readRound(client, groups.link);
    expect(without.objects).toEqual([
      {
        id: group,
        "members@delta": [guid(1), guid(2)].map((id) => ({
          "@odata.type": "#microsoft.graph.user",
          id,
          "@removed": { reason: "deleted" },
        })),
      },
    ]);
    await client.call("POST", `/v1.0/directory/deletedItems/${guid(1)}/restore`);
    const third = (await readRound(client, second.link)).objects.filter(({ id }) => id === guid(1));
    expect(third).toEqual([{ id: guid(1), displayName: "User 1" }]);
    const back = (await readRound(client, without.link)).objects[0]?.["members@delta"];
    expect(back).toContainEqual({ "@odata.type": "#microsoft.graph.user", id: guid(1) });
  });

  test("shows members and owners that came and went", async () => {
    for (let number = 0; number < 4; number += 1) addUser(number);
    const group = addGroup(1, [guid(0), guid(1)], [guid(0)]);
    const { link } = await readRound(client, "/v1.0/groups/delta?$select=displayName,members,owners");
    const reference = (id: string) => ({ "@odata.id": `https://x/v1.0/directoryObjects/${id}` });
    await client.call("POST", `/v1.0/groups/${group}/members/$ref`, reference(guid(2)));
    await client.call("DELETE", `/v1.0/groups/${group}/members/${guid(0)}/$ref`);
    await client.call("POST", `/v1.0/groups/${group}/owners/$ref`, reference(guid(3)));
    await client.call("DELETE", `/v1.0/groups/${group}/owners/${guid(0)}/$ref`);
    const user = "#microsoft.graph.user";
    expect((await readRound(client, link)).objects).toEqual([
      {
        id: group,
        displayName: "Group 1",
        "members@delta": [
          { "@odata.type": user, id: guid(2) },
          { "@odata.type": user, id: guid(0), "@removed": { reason: "deleted" } },
        ],
        "owners@delta": [
          { "@odata.type": user, id: guid(3) },
          { "@odata.type": user, id: guid(0), "@removed": { reason: "deleted" } },
        ],
      },
    ]);
  });

  test("does not show relations that were not selected", async () => {
    addUser(1);
    const group = addGroup(1, []);
    const { link } = await readRound(client, "/v1.0/groups/delta?$select=displayName");
    directory.memberships.put({ id: `${group}:${guid(1)}`, containerId: group, memberId: guid(1) });
    expect((await readRound(client, link)).objects).toEqual([]);
  });

  test("follows a manager", async () => {
    addUser(1);
    addUser(2, { managerId: guid(1) });
    const first = await readRound(client, "/v1.0/users/delta?$select=manager");
    const link = { "@odata.type": "#microsoft.graph.user", id: guid(1) };
    expect(first.objects).toEqual([{ id: guid(1) }, { id: guid(2), "manager@delta": [link] }]);
    await client.call("DELETE", `/v1.0/users/${guid(2)}/manager/$ref`);
    expect((await readRound(client, first.link)).objects).toEqual([
      { id: guid(2), "manager@delta": [{ ...link, "@removed": { reason: "deleted" } }] },
    ]);
  });

  test("replays changes now and then, and only once", async () => {
    let { link } = await readRound(client, "/v1.0/users/delta?$deltatoken=latest&$select=displayName");
    let shown = 0;
    for (let number = 0; number < 60; number += 1) {
      addUser(number);
      const round = await readRound(client, link);
      expect(idsOf(round.objects)).toContain(guid(number));
      shown += round.objects.length;
      link = round.link;
    }
    expect(shown).toBeGreaterThan(60);
    const replayed = await readRound(client, link);
    expect((await readRound(client, replayed.link)).objects).toEqual([]);
  });

  test("outlives a restart, with its pages in the middle", async () => {
    for (let number = 0; number < 450; number += 1) addUser(number);
    const first = await client.get("/v1.0/users/delta?$select=displayName");
    const latest = await readRound(client, "/v1.0/users/delta?$deltatoken=latest");
    addUser(1_000);
    await client.tenant.store.flush();
    const again = await graphClient(roles, {
      directory: client.tenant.settings.directory,
      now: new Date("2026-03-01T12:00:00Z"),
    });
    expect(idsOf((await readRound(again, latest.link)).objects)).toEqual([guid(1_000)]);
    const rest = await readRound(again, pathOf(first.body["@odata.nextLink"] ?? ""));
    expect(new Set(idsOf([...first.body.value, ...rest.objects])).size).toBe(450);
    expect(idsOf((await readRound(again, rest.link)).objects)).toContain(guid(1_000));
  });
});
