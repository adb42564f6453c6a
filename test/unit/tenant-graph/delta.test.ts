import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { User } from "../../../infra/local/tenant/directory/model";
import { type Directory, openDirectory } from "../../../infra/local/tenant/directory/open";
import { type GraphClient, graphClient } from "../graph/graph-client";
import { pathOf, readRound } from "./delta-reader";

const roles = [
  "User.ReadWrite.All",
  "Group.ReadWrite.All",
  "Directory.Read.All",
  "User.DeleteRestore.All",
  "Application.ReadWrite.All",
];
const day = 86_400_000;

let client: GraphClient;
let directory: Directory;

beforeEach(async () => {
  client = await graphClient(roles, { now: new Date("2026-03-01T12:00:00Z") });
  directory = openDirectory(client.tenant.store);
});
afterEach(() => client.tenant.close());

const guid = (number: number, kind = 1): string =>
  `${String(kind).padStart(8, "0")}-0000-4000-8000-${String(number).padStart(12, "0")}`;

function addUser(number: number, extra: Partial<User> = {}): User {
  return directory.users.put({
    id: guid(number),
    userPrincipalName: `user${number}@contoso.example`,
    displayName: `User ${number}`,
    mail: null,
    accountEnabled: true,
    userType: "Member",
    createdDateTime: "2026-01-01T00:00:00Z",
    managerId: null,
    assignedLicenses: [],
    properties: {},
    ...extra,
  });
}

function addGroup(number: number, members: readonly string[], owners: readonly string[] = []): string {
  const id = guid(number, 2);
  directory.groups.put({
    id,
    displayName: `Group ${number}`,
    mail: null,
    mailNickname: `group${number}`,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
    isAssignableToRole: false,
    createdDateTime: "2026-01-01T00:00:00Z",
    owners,
    properties: {},
  });
  for (const memberId of members)
    directory.memberships.put({ id: `${id}:${memberId}`, containerId: id, memberId });
  return id;
}

const ids = (objects: readonly { readonly id: string }[]): string[] => objects.map(({ id }) => id);

describe("the first round", () => {
  test("shows every user once or twice, 200 a page whatever is asked, and ends in a delta link", async () => {
    for (let number = 0; number < 4_000; number += 1) addUser(number);
    const { pages, objects, link } = await readRound(
      client,
      "/v1.0/users/delta?$select=displayName&$top=999",
    );
    expect(new Set(ids(objects)).size).toBe(4_000);
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
      expect(ids((await readRound(client, `/beta/users/${name}`)).objects)).toEqual([guid(1)]);
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
    expect(new Set(pages.flatMap(({ value }) => ids(value)))).toEqual(new Set([group]));
  });

  test("follows only the objects that the filter names", async () => {
    for (let number = 0; number < 5; number += 1) addUser(number);
    const filter = encodeURIComponent(`id eq '${guid(3)}' or id eq '${guid(1)}'`);
    const { objects, link } = await readRound(client, `/v1.0/users/delta?$filter=${filter}`);
    expect(ids(objects)).toEqual([guid(1), guid(3)]);
    addUser(2, { displayName: "Other" });
    addUser(3, { displayName: "Changed" });
    expect(ids((await readRound(client, link)).objects)).toEqual([guid(3)]);
  });

  test("is skipped with $deltatoken=latest", async () => {
    addUser(1);
    const { objects, link } = await readRound(
      client,
      "/v1.0/users/delta?$deltatoken=latest&$select=displayName",
    );
    expect(objects).toEqual([]);
    addUser(2);
    expect(ids((await readRound(client, link)).objects)).toEqual([guid(2)]);
  });
});

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
      expect(ids(round.objects)).toContain(guid(number));
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
    expect(ids((await readRound(again, latest.link)).objects)).toEqual([guid(1_000)]);
    const rest = await readRound(again, pathOf(first.body["@odata.nextLink"] ?? ""));
    expect(new Set(ids([...first.body.value, ...rest.objects])).size).toBe(450);
    expect(ids((await readRound(again, rest.link)).objects)).toContain(guid(1_000));
  });
});

describe("tokens", () => {
  test("a link of more than seven days ago is gone, with the way to begin again", async () => {
    addUser(1);
    const { link } = await readRound(client, "/v1.0/users/delta?$select=displayName");
    client.tenant.clock.advance(7 * day + 1);
    client = await client.as(roles);
    const reply = await client.get(link);
    expect(reply.status).toBe(410);
    expect(reply.body.error.code).toBe("SyncStateNotFound");
    const location = reply.headers.get("location") ?? "";
    expect(location).toMatch(/\/v1\.0\/users\/delta\?\$deltatoken=&\$select=displayName$/);
    expect((await readRound(client, pathOf(location))).objects).toEqual([
      { id: guid(1), displayName: "User 1" },
    ]);
  });

  test("a link does not outlive a change too large to be recorded", async () => {
    const { link } = await readRound(client, "/v1.0/users/delta");
    await directory.changes.unrecorded(async () => addUser(1));
    expect((await client.get(link)).status).toBe(410);
  });

  test("a page token of yesterday has expired", async () => {
    for (let number = 0; number < 300; number += 1) addUser(number);
    const page = await client.get("/v1.0/users/delta");
    client.tenant.clock.advance(day);
    client = await client.as(roles);
    const reply = await client.get(pathOf(page.body["@odata.nextLink"] ?? ""));
    expect([reply.status, reply.body.error.code]).toEqual([400, "Directory_ExpiredPageToken"]);
  });

  test.each([
    ["no token at all", "/v1.0/users/delta?$deltatoken=nonsense"],
    ["an altered token", ""],
    ["a token of another resource", "groups"],
    ["a link used as a page", "skip"],
  ])("%s is refused", async (_, change) => {
    const { link } = await readRound(client, "/v1.0/users/delta");
    const path =
      change === "groups"
        ? link.replace("/users/", "/groups/")
        : change === "skip"
          ? link.replace("$deltatoken", "$skiptoken")
          : change || `${link.slice(0, -3)}AAA`;
    const reply = await client.get(path);
    expect([reply.status, reply.body.error.message]).toEqual([400, "Badly formed token."]);
  });
});

describe("what is not answered", () => {
  test.each([
    ["$orderby=displayName", "Request_UnsupportedQuery"],
    ["$filter=startswith(displayName,'a')", "Request_UnsupportedQuery"],
    ["$select=signInActivity", "Request_UnsupportedQuery"],
    ["$select=nonsense", "BadRequest"],
  ])("%s", async (option, code) => {
    const reply = await client.get(`/v1.0/users/delta?${option}`);
    expect([reply.status, reply.body.error.code]).toEqual([400, code]);
  });

  test("a caller without the permission", async () => {
    const other = await client.as(["Group.Read.All"]);
    expect((await other.get("/v1.0/users/delta")).status).toBe(403);
    expect((await other.get("/v1.0/users/microsoft.graph.delta()")).status).toBe(403);
    expect((await other.get("/v1.0/groups/delta")).status).toBe(200);
  });

  test("members of a group that hides them", async () => {
    addUser(1);
    const id = addGroup(1, [guid(1)]);
    const group = directory.groups.get(id);
    if (group === undefined) throw new Error("The group is missing.");
    directory.groups.put({ ...group, properties: { visibility: "HiddenMembership" } });
    const path = "/v1.0/groups/delta?$select=members";
    expect((await readRound(client, path)).objects).toEqual([{ id }]);
    const allowed = await client.as([...roles, "Member.Read.Hidden"]);
    expect((await readRound(allowed, path)).objects[0]).toHaveProperty("members@delta");
  });
});
