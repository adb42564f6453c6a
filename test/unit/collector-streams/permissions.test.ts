import { describe, expect, it } from "vitest";
import { type StreamName, streamNames } from "../../../components/collector/function/model/stream-names";
import { streams } from "../../../components/collector/function/streams";
import { requirements } from "../../../components/collector/function/streams/requirements";
import { findCapability } from "../../../components/permissions/capabilities";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { graphClient } from "../graph/graph-client";
import { newGroup } from "./churn";
import { type Choice, runStream } from "./run-stream";
import { tenantReader } from "./tenant-reader";

const capabilityOf = (id: string) => {
  const capability = findCapability(id);
  if (capability === undefined) throw new Error(`No capability is named ${id}.`);
  return capability;
};

/** Reads everything, then changes, with the roles of some capabilities and nothing else; returns the calls made. */
async function callsOf(name: StreamName, capabilities: readonly string[], choice: Partial<Choice> = {}) {
  const roles = capabilities.flatMap((id) => capabilityOf(id).roles.map(({ value }) => value));
  const client = await graphClient([...new Set(roles)]);
  try {
    await seedDirectory(client.tenant, { users: 60, groups: 15, seed: 3 });
    const directory = openDirectory(client.tenant.store);
    const manyOwners = [...directory.users.values()].slice(0, 25).map(({ id }) => id);
    directory.groups.put({ ...newGroup("Robots"), owners: manyOwners });
    directory.groups.put(newGroup("Hidden", { visibility: "HiddenMembership" }));
    for (const collection of [directory.applications, directory.servicePrincipals, directory.devices]) {
      const [first] = collection.values();
      if (first !== undefined) collection.put({ ...first, owners: manyOwners } as never);
    }
    const graph = tenantReader(client);
    const first = await runStream(streams[name], { graph, ...choice });
    for (const group of [...directory.groups.values()]) {
      if (group.displayName !== "Robots")
        directory.groups.put({ ...group, displayName: `${group.displayName}!` });
    }
    const { checkpoint } = first.end;
    const second = await runStream(streams[name], { graph, checkpoint, ...choice }, first.known);
    expect(second.resyncs).toEqual([]);
    return [...new Set(graph.paths.map(callOf))].sort();
  } finally {
    client.tenant.close();
  }
}

/** A request as a capability names it. */
const callOf = (path: string): string => {
  const bare = (path.split("?")[0] ?? path)
    .replace("/$count", "")
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "{id}");
  const select = path.includes("signInActivity") ? " (signInActivity)" : "";
  return `${bare}${select}`;
};

const declared = (capabilities: readonly string[]): readonly string[] =>
  capabilities.flatMap((id) =>
    capabilityOf(id).calls.map(({ path, select }) => `${path}${select === undefined ? "" : ` (${select})`}`),
  );

/** Streams that read Graph; the feed of Office 365 events is another API. */
const cases = streamNames
  .filter((name) => name !== "exchange-activity")
  .flatMap((name) => requirements[name].map((needed) => [name, needed] as const));

describe("the least permissions", () => {
  it.each(cases)("%s: %j suffice, and its calls are theirs", async (name, needed) => {
    const calls = await callsOf(name, needed);
    expect(calls.length).toBeGreaterThan(0);
    expect(declared(needed)).toEqual(expect.arrayContaining(calls));
  });

  it("users with their last sign-in take the sign-in capability too", async () => {
    const needed = ["users.read", "sign-in-activity.read"];
    const calls = await callsOf("users", needed, { signInActivity: true });
    expect(calls).toContain("/users (signInActivity)");
    expect(declared(needed)).toEqual(expect.arrayContaining(calls));
  });

  it("applications with their last sign-in take the sign-in capability too", async () => {
    const needed = ["enterprise-applications.read", "sign-in-activity.read"];
    const calls = await callsOf("service-principals", needed, { signInActivity: true });
    expect(calls).toContain("/reports/servicePrincipalSignInActivities");
    expect(declared(needed)).toEqual(expect.arrayContaining(calls));
  });

  it.each(["users", "groups"] as const)(
    "%s without service accounts take reading groups too",
    async (name) => {
      const needed = [...new Set([...(requirements[name][0] ?? []), "groups.read"])];
      const filters = { excludedServiceAccountGroups: ["Robots"], skipOnPremisesGroups: true };
      const calls = await callsOf(name, needed, { filters });
      expect(calls).toContain("/groups/{id}/transitiveMembers");
      expect(declared(needed)).toEqual(expect.arrayContaining(calls));
    },
  );
});
