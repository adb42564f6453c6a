import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groups } from "../../../components/collector/function/streams/groups";
import { users } from "../../../components/collector/function/streams/users";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type GraphClient, graphClient } from "../graph/graph-client";
import { keysOf } from "./known";
import { runStream } from "./run-stream";
import { type TenantReader, tenantReader } from "./tenant-reader";

let client: GraphClient;
let graph: TenantReader;

beforeEach(async () => {
  client = await graphClient(["User.Read.All", "GroupMember.Read.All"]);
  await seedDirectory(client.tenant, { users: 1_200, groups: 120, seed: 1 });
  graph = tenantReader(client);
});
afterEach(() => client.tenant.close());

const directory = () => openDirectory(client.tenant.store);
const truth = {
  users: () => [...directory().users.values()].map(({ id }) => id).sort(),
  groups: () => [...directory().groups.values()].map(({ id }) => id).sort(),
  members: () =>
    [...directory().memberships.values()]
      .filter(({ containerId }) => directory().groups.get(containerId) !== undefined)
      .map(({ containerId, memberId }) => `${containerId}/${memberId}`)
      .sort(),
  owners: () =>
    [...directory().groups.values()]
      .flatMap(({ id, owners }) => owners.map((owner) => `${id}/${owner}`))
      .sort(),
};

describe("users", () => {
  it("reads everybody and ends with a delta link", async () => {
    const { end, known } = await runStream(users, { graph });
    expect(keysOf(known, "user")).toEqual(truth.users());
    expect(end).toMatchObject({ read: "everything", degraded: [] });
    const second = await runStream(users, { graph, checkpoint: end.checkpoint }, known);
    expect(second.end.read).toBe("changes");
    expect(second.changes).toEqual([]);
  });
});

describe("groups", () => {
  it("reads groups, members and owners", async () => {
    const { known } = await runStream(groups, { graph });
    expect(keysOf(known, "group")).toEqual(truth.groups());
    expect(keysOf(known, "groupMember")).toEqual(truth.members());
    expect(keysOf(known, "groupOwner")).toEqual(truth.owners());
    expect(truth.members().length).toBeGreaterThan(100);
    expect(truth.owners().length).toBeGreaterThan(20);
  });

  it("asks for members of those groups alone that have more than a page shows", async () => {
    await runStream(groups, { graph });
    const counts = [...directory().groups.values()].map(
      ({ id }) => directory().memberships.by("containerId", id).length,
    );
    const asked = graph.paths.filter((path) => /\/members\?/.test(path));
    expect(asked.filter((path) => !path.includes("skiptoken"))).toHaveLength(
      counts.filter((count) => count >= 20).length,
    );
    expect(asked.length).toBeLessThan(counts.length / 2);
    const others = graph.paths.filter((path) => !asked.includes(path)).map((path) => path.split("?")[0]);
    expect(others).toEqual(["/groups/$count", "/groups/delta", "/groups", "/groups", "/groups/delta"]);
  });

  it("are read by delta pages when there are very many, with the same result", async () => {
    const byPages = await runStream(groups, { graph });
    graph.paths.length = 0;
    graph.intercept = (path) => (path.endsWith("/$count") ? { status: 200, body: 900_000 } : undefined);
    const byDelta = await runStream(groups, { graph });
    expect(new Set(graph.paths.map((path) => path.split("?")[0]))).toEqual(
      new Set(["/groups/$count", "/groups/delta"]),
    );
    expect([...byDelta.known].sort()).toEqual([...byPages.known].sort());
  });
});
