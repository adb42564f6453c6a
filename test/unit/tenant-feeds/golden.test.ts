import { describe, expect, it } from "vitest";
import { streams } from "../../../components/collector/function/streams";
import { assess, type StateSource } from "../../../components/state";
import { plantGolden } from "../../../infra/local/tenant/directory/golden";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { runStream } from "../collector-streams/run-stream";
import { tenantReader } from "../collector-streams/tenant-reader";
import { type GraphClient, graphClient } from "../graph/graph-client";

const now = new Date("2026-06-17T12:00:00Z");
const roles = [
  "AuditLog.Read.All",
  "Directory.Read.All",
  "Policy.Read.All",
  "RoleManagement.Read.Directory",
  "Application.Read.All",
  "User.Read.All",
  "GroupMember.Read.All",
  "Organization.Read.All",
  "IdentityRiskyUser.Read.All",
  "IdentityRiskyServicePrincipal.Read.All",
];

/** Collects a stream when it is read. */
function collected(client: GraphClient): StateSource {
  const graph = tenantReader(client);
  return {
    connector: "golden",
    open: async (name) => ({
      records: async function* (types) {
        const { known } = await runStream(streams[name], { graph, signInActivity: true, now: () => now });
        for (const [entry, data] of known) {
          const [type = "", key = ""] = entry.split(" ", 2);
          if (types.has(type)) yield { type, key, data: () => data };
        }
      },
    }),
  };
}

describe("the golden directory", () => {
  it("has of every weakness exactly the cases that were planted", async () => {
    const client = await graphClient(roles, { now });
    await seedDirectory(client.tenant, { users: 50, groups: 10, seed: 3 });
    const directory = openDirectory(client.tenant.store);
    const [deployer] = [...directory.applications.values()].filter(
      ({ displayName }) => displayName === "entra-connectors deployer",
    );
    const keep = new Set([deployer?.appId ?? ""]);
    const cases = plantGolden(directory, client.tenant.settings, now.getTime(), keep);
    const { metrics } = await assess(collected(client), { now });
    const found = Object.fromEntries(
      metrics
        .filter(({ result }) => result !== "not-assessed")
        .map(({ id, evidence }) => [id, evidence.rows.map((row) => row.id).sort()]),
    );
    expect(found).toEqual(Object.fromEntries(Object.entries(cases).map(([id, ids]) => [id, ids.toSorted()])));
    for (const { id, result } of metrics) if (id in cases) expect([id, result]).toEqual([id, "finding"]);
    client.tenant.close();
  });
});
