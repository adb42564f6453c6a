import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { streamNames } from "../../../components/collector/function/model/stream-names";
import { streams } from "../../../components/collector/function/streams";
import { type Directory, openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type GraphClient, graphClient } from "../graph/graph-client";
import { change } from "./churn";
import { keysOf } from "./known";
import { readEverything } from "./permissions";
import { runStream } from "./run-stream";
import { tenantReader } from "./tenant-reader";

let client: GraphClient;
let directory: Directory;

beforeAll(async () => {
  client = await graphClient(readEverything);
  await seedDirectory(client.tenant, { users: 300, groups: 40, seed: 1 });
  directory = openDirectory(client.tenant.store);
  for (const one of [1, 2, 3]) {
    change(directory, { what: "add grant", one, other: 2 * one });
    change(directory, { what: "add principal as member", one, other: one });
  }
});
afterAll(() => client.tenant.close());

const ids = (entities: Iterable<{ readonly id: string }>) => [...entities].map(({ id }) => id).sort();
const owned = (entities: Iterable<{ readonly id: string; readonly owners: readonly string[] }>) =>
  [...entities].flatMap(({ id, owners }) => owners.map((owner) => `${id}/${owner}`)).sort();

describe("every stream", () => {
  it.each(streamNames)("%s says the same twice, by changes or by comparing", async (name) => {
    const graph = tenantReader(client);
    const stream = streams[name];
    const first = await runStream(stream, { graph });
    expect(stream.name).toBe(name);
    const types = new Set(first.changes.map(({ type }) => type));
    for (const type of types) expect(stream.records.map((record) => record.type)).toContain(type);
    const second = await runStream(stream, { graph, checkpoint: first.end.checkpoint }, first.known);
    expect(second.resyncs).toEqual([]);
    expect([...second.known].sort()).toEqual([...first.known].sort());
  });

  it("holds what the tenant has", async () => {
    const all = new Map<string, object>();
    for (const name of streamNames) {
      const { known } = await runStream(streams[name], { graph: tenantReader(client) });
      for (const [key, data] of known) all.set(key, data);
    }
    expect(keysOf(all, "application")).toEqual(ids(directory.applications.values()));
    expect(keysOf(all, "applicationOwner")).toEqual(owned(directory.applications.values()));
    expect(keysOf(all, "servicePrincipal")).toEqual(ids(directory.servicePrincipals.values()));
    expect(keysOf(all, "servicePrincipalOwner")).toEqual(owned(directory.servicePrincipals.values()));
    expect(keysOf(all, "appRoleAssignment")).toEqual(ids(directory.appRoleAssignments.values()));
    expect(keysOf(all, "delegatedGrant")).toEqual(ids(directory.permissionGrants.values()));
    expect(keysOf(all, "roleAssignment")).toEqual(ids(directory.directoryRoleAssignments.values()));
    expect(keysOf(all, "roleEligibility")).toEqual(ids(directory.roleEligibilities.values()));
    expect(keysOf(all, "roleDefinition").length).toBeGreaterThan(50);
    expect(keysOf(all, "administrativeUnit")).toEqual(ids(directory.administrativeUnits.values()));
    expect(keysOf(all, "device")).toEqual(ids(directory.devices.values()));
    expect(keysOf(all, "deviceOwner")).toEqual(owned(directory.devices.values()));
    expect(keysOf(all, "riskyUser")).toEqual(ids(directory.riskyUsers.values()));
    expect(keysOf(all, "subscribedSku")).toEqual(ids(directory.subscribedSkus.values()));
    expect(keysOf(all, "domain")).toEqual(ids(directory.domains.values()));
    expect(keysOf(all, "organization")).toEqual(ids(directory.organizations.values()));
    for (const type of ["application", "device", "delegatedGrant", "roleEligibility", "appRoleAssignment"]) {
      expect(keysOf(all, type).length, type).toBeGreaterThan(0);
    }
  });
});
