import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../components/collector/function/streams/configuration-error";
import { groups } from "../../../components/collector/function/streams/groups";
import { users } from "../../../components/collector/function/streams/users";
import { type Directory, openDirectory } from "../../../infra/local/tenant/directory/open";
import { type GraphClient, graphClient } from "../graph/graph-client";
import { newGroup, newUser } from "./churn";
import { keysOf } from "./known";
import { runStream } from "./run-stream";
import { type TenantReader, tenantReader } from "./tenant-reader";

let client: GraphClient;
let graph: TenantReader;
let directory: Directory;

beforeEach(async () => {
  client = await graphClient(["User.Read.All", "GroupMember.Read.All"]);
  graph = tenantReader(client);
  directory = openDirectory(client.tenant.store);
});
afterEach(() => client.tenant.close());

const addUser = (name: string) => directory.users.put(newUser(name)).id;
const addGroup = (name: string, properties = {}, owners: readonly string[] = []) =>
  directory.groups.put({ ...newGroup(name, properties), owners }).id;
const addMember = (group: string, member: string) =>
  directory.memberships.put({ id: `${group}:${member}`, containerId: group, memberId: member });

const without = (...excludedServiceAccountGroups: string[]) => ({
  excludedServiceAccountGroups,
  skipOnPremisesGroups: false,
});

describe("excluded service accounts", () => {
  it("are not collected, nor their memberships and ownerships, through nested groups too", async () => {
    const [person, robot, nestedRobot] = [addUser("Person"), addUser("Robot"), addUser("Nested robot")];
    const excluded = addGroup('Bob\'s "robots" & co');
    const nested = addGroup("More robots");
    const team = addGroup("Team", {}, [person, robot]);
    addMember(excluded, robot);
    addMember(excluded, nested);
    addMember(nested, nestedRobot);
    for (const member of [person, robot, nestedRobot]) addMember(team, member);
    const filters = without('Bob\'s "robots" & co');
    const people = await runStream(users, { graph, filters });
    expect(keysOf(people.known, "user")).toEqual([person]);
    const collected = await runStream(groups, { graph, filters });
    expect(keysOf(collected.known, "group")).toEqual([excluded, nested, team].sort());
    expect(keysOf(collected.known, "groupMember")).toEqual(
      [`${excluded}/${nested}`, `${team}/${person}`].sort(),
    );
    expect(keysOf(collected.known, "groupOwner")).toEqual([`${team}/${person}`]);
  });

  it("lead to a resync when they are others, and to none when they are the same", async () => {
    const [person, robot] = [addUser("Person"), addUser("Robot")];
    const excluded = addGroup("Robots");
    const filters = without("Robots");
    const first = await runStream(users, { graph, filters });
    expect(keysOf(first.known, "user")).toEqual([person, robot].sort());
    const same = await runStream(users, { graph, filters, checkpoint: first.end.checkpoint }, first.known);
    expect(same.resyncs).toEqual([]);
    addMember(excluded, robot);
    const second = await runStream(users, { graph, filters, checkpoint: same.end.checkpoint }, same.known);
    expect(second.resyncs).toEqual(["What is collected, or who is left out, has changed."]);
    expect(keysOf(second.known, "user")).toEqual([person]);
  });

  it("are a clear problem when no group, or more than one, has the name", async () => {
    addGroup("Robots");
    addGroup("Robots");
    const failure = (name: string) =>
      runStream(users, { graph, filters: without(name) }).catch((error: unknown) => error);
    expect(await failure("Roberts")).toBeInstanceOf(ConfigurationError);
    expect(await failure("Roberts")).toMatchObject({
      message: expect.stringContaining('No group is named "Roberts"'),
      next: expect.stringContaining("excludedServiceAccountGroups"),
    });
    expect(await failure("Robots")).toMatchObject({
      message: expect.stringContaining('2 groups are named "Robots"'),
    });
  });

  it("name the permission when groups may not be read", async () => {
    addGroup("Robots");
    const blind = tenantReader(await client.as(["User.Read.All"]));
    const run = runStream(users, { graph: blind, filters: without("Robots") });
    await expect(run).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("excludedServiceAccountGroups can't be read without Group"),
    });
  });
});

describe("groups of an on-premises directory", () => {
  const filters = { excludedServiceAccountGroups: [], skipOnPremisesGroups: true };
  const synced = { onPremisesSyncEnabled: true };

  it("are left out with their members, until they are not synchronized any more", async () => {
    const person = addUser("Person");
    const [cloud, local] = [addGroup("Cloud"), addGroup("Local", synced, [person])];
    addMember(cloud, person);
    addMember(local, person);
    const first = await runStream(groups, { graph, filters });
    expect([...first.known.keys()].sort()).toEqual([`group ${cloud}`, `groupMember ${cloud}/${person}`]);
    const group = directory.groups.get(local)!;
    directory.groups.put({ ...group, properties: {} });
    const second = await runStream(groups, { graph, filters, checkpoint: first.end.checkpoint }, first.known);
    expect(second.resyncs).toEqual([]);
    expect(keysOf(second.known, "group")).toEqual([cloud, local].sort());
    expect(keysOf(second.known, "groupMember")).toEqual([`${cloud}/${person}`, `${local}/${person}`].sort());
    expect(keysOf(second.known, "groupOwner")).toEqual([`${local}/${person}`]);
    directory.groups.put({ ...group, displayName: "Local again" });
    const third = await runStream(
      groups,
      { graph, filters, checkpoint: second.end.checkpoint },
      second.known,
    );
    expect([...third.known.keys()].sort()).toEqual([...first.known.keys()].sort());
  });
});
