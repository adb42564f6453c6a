import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groups } from "../../../components/collector/function/streams/groups";
import { users } from "../../../components/collector/function/streams/users";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type GraphClient, graphClient } from "../graph/graph-client";
import { newUser } from "./churn";
import { keysOf } from "./known";
import { runKilled, runStream } from "./run-stream";
import { type TenantReader, tenantReader } from "./tenant-reader";

let client: GraphClient;
let graph: TenantReader;

beforeEach(async () => {
  client = await graphClient(["User.Read.All", "GroupMember.Read.All"]);
  await seedDirectory(client.tenant, { users: 60, groups: 20, seed: 9 });
  graph = tenantReader(client);
});
afterEach(() => client.tenant.close());

const directory = () => openDirectory(client.tenant.store);
const expired = (code: string, status: number) => ({
  status,
  body: { error: { code, message: "The token has expired." } },
});

describe("an expired delta link", () => {
  it("leads to a resync, as the first step, that finds what is gone", async () => {
    const first = await runStream(users, { graph });
    const [gone] = directory().users.values();
    directory().users.delete(gone!.id);
    directory().users.put(newUser("New"));
    graph.intercept = (path) =>
      path.includes("$deltatoken=") && !path.includes("latest") && graph.paths.length > 0 && refuse-- > 0
        ? expired("SyncStateNotFound", 410)
        : undefined;
    let refuse = 1;
    const second = await runStream(users, { graph, checkpoint: first.end.checkpoint }, first.known);
    expect(second.resyncs).toEqual(["The delta link has expired."]);
    expect(second.end.read).toBe("everything");
    expect(keysOf(second.known, "user")).toEqual([...directory().users.values()].map(({ id }) => id).sort());
  });

  it("is no reason for another resync once the run reads everything: the run begins afresh", async () => {
    graph.intercept = (path) =>
      path.includes("$deltatoken=") && !path.includes("latest")
        ? expired("SyncStateNotFound", 410)
        : undefined;
    await expect(runStream(users, { graph })).rejects.toMatchObject({ kind: "expired-link" });
  });
});

describe("an expired page token", () => {
  it("begins the pages again, and what changed meanwhile is found", async () => {
    graph.top = 7;
    let refuse = 1;
    graph.intercept = (path) => {
      if (!path.startsWith("/users?") || !path.includes("$skiptoken") || refuse-- < 1) return undefined;
      const [gone] = directory().users.values();
      directory().users.delete(gone!.id);
      return expired("Directory_ExpiredPageToken", 400);
    };
    const { known, resyncs } = await runStream(users, { graph });
    expect(resyncs).toEqual([]);
    expect(keysOf(known, "user")).toEqual([...directory().users.values()].map(({ id }) => id).sort());
  });

  it("begins one group's members again", async () => {
    graph.top = 5;
    const plain = await runStream(groups, { graph });
    let refuse = 3;
    graph.intercept = (path) =>
      /\/members\?.*skiptoken/i.test(path) && refuse-- > 0
        ? expired("Directory_ExpiredPageToken", 400)
        : undefined;
    const { known } = await runStream(groups, { graph });
    expect(refuse).toBeLessThan(1);
    expect([...known].sort()).toEqual([...plain.known].sort());
  });

  it("goes back to the delta link in the middle of changes", async () => {
    const first = await runStream(users, { graph });
    for (const user of [...directory().users.values()])
      for (let times = 0; times < 8; times += 1)
        directory().users.put({ ...user, displayName: `${user.displayName} ${times}` });
    for (let count = 0; count < 450; count += 1) directory().users.put(newUser(`New ${count}`));
    let refuse = 1;
    graph.intercept = (path) =>
      path.includes("/delta") && path.includes("$skiptoken") && refuse-- > 0
        ? expired("Directory_ExpiredPageToken", 400)
        : undefined;
    const second = await runStream(users, { graph, checkpoint: first.end.checkpoint }, first.known);
    expect(refuse).toBeLessThan(1);
    expect(second.end.read).toBe("changes");
    expect(keysOf(second.known, "user")).toEqual([...directory().users.values()].map(({ id }) => id).sort());
  });
});

describe("a run that is killed", () => {
  it("goes on within the members of a large group", async () => {
    graph.top = 5;
    const [group] = directory().groups.values();
    for (const { id } of directory().users.values())
      directory().memberships.put({ id: `${group!.id}:${id}`, containerId: group!.id, memberId: id });
    const plain = await runStream(groups, { graph });
    const { known, savepoints } = await runKilled(groups, { graph }, 3);
    expect([...known].sort()).toEqual([...plain.known].sort());
    const largest = Math.max(...savepoints.map((savepoint) => JSON.stringify(savepoint).length));
    expect(largest).toBeLessThan(10_000);
  });
});
