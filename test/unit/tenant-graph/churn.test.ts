import { expect, test } from "vitest";
import { createTestTenant } from "../../../infra/local/tenant/core/testing";
import { keyLists, keysOf } from "../../../infra/local/tenant/directory/keys";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { churnDirectory } from "../../../infra/local/tenant/graph/churn";
import { graphClient } from "../graph/graph-client";
import { readRound } from "./delta-reader";

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

test("a client that follows by delta ends with the keys that there are", async () => {
  const client = await graphClient(["Directory.Read.All"], { now });
  await seedDirectory(client.tenant, { users: 300, groups: 30, seed: 1, memberships: 2_500 });
  const directory = openDirectory(client.tenant.store);
  const users = new Set<string>();
  const members = new Set<string>();
  const links = {
    users: "/v1.0/users/delta?$select=displayName",
    groups: "/v1.0/groups/delta?$select=members",
  };
  for (let round = 0; round < 4; round += 1) {
    const [readUsers, readGroups] = [
      await readRound(client, links.users),
      await readRound(client, links.groups),
    ];
    links.users = readUsers.link;
    links.groups = readGroups.link;
    for (const user of readUsers.objects) {
      if ("@removed" in user) users.delete(user.id);
      else users.add(user.id);
    }
    for (const group of readGroups.objects) {
      if ("@removed" in group) {
        for (const key of members) if (key.startsWith(group.id)) members.delete(key);
      }
      for (const member of (group["members@delta"] ?? []) as { id: string; "@removed"?: object }[]) {
        const key = `${group.id}/${member.id}`;
        if (member["@removed"] === undefined) members.add(key);
        else members.delete(key);
      }
    }
    expect(users).toEqual(new Set(keysOf(directory, "users")));
    expect(members).toEqual(new Set(keysOf(directory, "groupMembers")));
    await churnDirectory(client.tenant, { changes: 200, seed: round });
  }
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
