import { expect, test } from "vitest";
import { createTestTenant } from "../../../infra/local/tenant/core/testing";
import { keyLists, keysOf } from "../../../infra/local/tenant/directory/keys";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { churnDirectory } from "../../../infra/local/tenant/graph/churn";
import { graphClient } from "../graph/graph-client";
import { pathOf, readRound } from "./delta-reader";

interface DeltaPage {
  readonly value: Objects;
  readonly "@odata.nextLink"?: string;
  readonly "@odata.deltaLink"?: string;
}

const now = new Date("2026-03-01T12:00:00Z");

async function churned() {
  const tenant = createTestTenant({ now });
  await seedDirectory(tenant, { users: 200, groups: 20, seed: 1 });
  const counts = await churnDirectory(tenant, { changes: 300, seed: 5 });
  const directory = openDirectory(tenant.store);
  const keys = ["users", "groups", "groupMembers", "groupOwners", "deletedItems"].map((list) => [
    ...(keysOf(directory, list) ?? []),
  ]);
  tenant.close();
  return { counts, keys };
}

test("the same seed makes the same changes, of every kind, as many as were asked for", async () => {
  const first = await churned();
  expect(Object.values(first.counts).reduce((sum, count) => sum + count)).toBe(300);
  expect(Object.entries(first.counts).filter(([, count]) => count === 0)).toEqual([]);
  expect(await churned()).toEqual(first);
});

interface Known {
  readonly users: Set<string>;
  readonly members: Set<string>;
}

type Objects = Awaited<ReturnType<typeof readRound>>["objects"];

/** What a client does with a page of users. */
function applyUsers({ users }: Known, objects: Objects): void {
  for (const user of objects) {
    if ("@removed" in user) users.delete(user.id);
    else users.add(user.id);
  }
}

/** What a client does with a page of groups. */
function applyGroups({ members }: Known, objects: Objects): void {
  for (const group of objects) {
    if ("@removed" in group) for (const key of members) if (key.startsWith(group.id)) members.delete(key);
    for (const member of (group["members@delta"] ?? []) as { id: string; "@removed"?: object }[]) {
      const key = `${group.id}/${member.id}`;
      if (member["@removed"] === undefined) members.add(key);
      else members.delete(key);
    }
  }
}

const paths = {
  users: "/v1.0/users/delta?$select=displayName",
  groups: "/v1.0/groups/delta?$select=members",
} as const;

async function seededClient() {
  const client = await graphClient(["Directory.Read.All"], { now });
  await seedDirectory(client.tenant, {
    users: 900,
    groups: 60,
    seed: 1,
    memberships: 7_000,
    largestGroup: 850,
  });
  const directory = openDirectory(client.tenant.store);
  const truth = (): Known => ({
    users: new Set(keysOf(directory, "users")),
    members: new Set(keysOf(directory, "groupMembers")),
  });
  return { client, truth, known: { users: new Set<string>(), members: new Set<string>() } };
}

test("a client that follows by delta ends with the keys that there are", async () => {
  const { client, known, truth } = await seededClient();
  let links: { readonly users: string; readonly groups: string } = paths;
  for (let round = 0; round < 4; round += 1) {
    const [users, groups] = [await readRound(client, links.users), await readRound(client, links.groups)];
    links = { users: users.link, groups: groups.link };
    applyUsers(known, users.objects);
    applyGroups(known, groups.objects);
    expect(known).toEqual(truth());
    await churnDirectory(client.tenant, { changes: 200, seed: round });
  }
  client.tenant.close();
});

test("changes between the pages of a round are made up for by the next", async () => {
  const { client, known, truth } = await seededClient();
  const links = new Map<string, string>(Object.entries(paths));
  let seed = 10;
  for (let round = 0; round < 3; round += 1) {
    for (const [name, apply] of [["users", applyUsers] as const, ["groups", applyGroups] as const]) {
      for (let next = links.get(name); next !== undefined; seed += 1) {
        const page = (await client.get(next)).body as DeltaPage;
        apply(known, page.value);
        next = page["@odata.nextLink"] && pathOf(page["@odata.nextLink"]);
        if (page["@odata.deltaLink"] !== undefined) links.set(name, pathOf(page["@odata.deltaLink"]));
        await churnDirectory(client.tenant, { changes: 25, seed });
      }
    }
  }
  applyUsers(known, (await readRound(client, links.get("users") ?? "")).objects);
  applyGroups(known, (await readRound(client, links.get("groups") ?? "")).objects);
  expect(known).toEqual(truth());
  client.tenant.close();
});

test("every list of keys can be read", async () => {
  const tenant = createTestTenant({ now });
  await seedDirectory(tenant, { users: 50, groups: 10, seed: 1 });
  const directory = openDirectory(tenant.store);
  for (const list of keyLists) {
    const keys = [...(keysOf(directory, list) ?? [])];
    expect(new Set(keys).size, list).toBe(keys.length);
  }
  expect(keysOf(directory, "toString")).toBeUndefined();
  tenant.close();
});
