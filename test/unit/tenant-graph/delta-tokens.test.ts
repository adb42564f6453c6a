import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pathOf, readRound } from "./delta-reader";
import { type DeltaWorld, deltaWorld, guid, idsOf, roles } from "./delta-world";

const day = 86_400_000;

let client: DeltaWorld["client"];
let directory: DeltaWorld["directory"];
let addUser: DeltaWorld["addUser"];
let addGroup: DeltaWorld["addGroup"];

beforeEach(async () => {
  ({ client, directory, addUser, addGroup } = await deltaWorld());
});
afterEach(() => client.tenant.close());

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

  test("applications that a caller with the owned permission does not own", async () => {
    const owner = await client.as(["Application.ReadWrite.OwnedBy"], addUser(77).id);
    const mine = (await owner.call("POST", "/v1.0/applications", { displayName: "mine" })).body;
    const other = (await client.call("POST", "/v1.0/applications", { displayName: "other" })).body;
    const first = await readRound(owner, "/v1.0/applications/delta?$select=displayName");
    expect(first.objects).toEqual([{ id: mine.id, displayName: "mine" }]);
    await client.call("DELETE", `/v1.0/applications/${other.id}`);
    await client.call("DELETE", `/v1.0/applications/${mine.id}`);
    const gone = { id: mine.id, "@removed": { reason: "changed" } };
    expect((await readRound(owner, first.link)).objects).toEqual([gone]);
    expect(idsOf((await readRound(client, first.link)).objects)).toEqual([other.id, mine.id]);
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
