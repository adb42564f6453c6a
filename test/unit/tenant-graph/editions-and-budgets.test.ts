import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setEdition } from "../../../infra/local/tenant/directory/editions";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type GraphClient, graphClient } from "../graph/graph-client";

const roles = [
  "Directory.Read.All",
  "AuditLog.Read.All",
  "IdentityRiskyUser.Read.All",
  "IdentityRiskyServicePrincipal.Read.All",
  "RoleManagement.Read.Directory",
];

let client: GraphClient;

beforeEach(async () => {
  client = await graphClient(roles, { now: new Date("2026-03-01T12:00:00Z"), throttling: true });
  await seedDirectory(client.tenant, { users: 60, groups: 12, seed: 1 });
});
afterEach(() => client.tenant.close());

describe("editions of Microsoft Entra ID", () => {
  const reads = [
    "/v1.0/identityProtection/riskyUsers",
    "/v1.0/identityProtection/riskyServicePrincipals",
    "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances",
    "/v1.0/users?$select=id,signInActivity",
  ];

  test.each([
    ["P2", [200, 200, 200, 200]],
    ["P1", [403, 403, 403, 200]],
    ["Free", [403, 403, 403, 403]],
  ] as const)("%s answers what it includes", async (edition, expected) => {
    setEdition(openDirectory(client.tenant.store), edition);
    const replies = [];
    for (const path of reads) {
      replies.push(await client.get(path));
      client.tenant.clock.advance(1_000);
    }
    expect(replies.map(({ status }) => status)).toEqual(expected);
    for (const { status, body } of replies) {
      if (status === 403)
        expect(body.error.code).toBe("Authentication_RequestFromNonPremiumTenantOrB2CTenant");
      else expect(body.value.length).toBeGreaterThan(0);
    }
  });

  test("a subscription that was suspended is enabled again", async () => {
    const directory = openDirectory(client.tenant.store);
    const statuses = () =>
      [...directory.subscribedSkus.values()].map((sku) => sku.properties.capabilityStatus);
    setEdition(directory, "Free");
    expect(statuses()).toContain("Suspended");
    setEdition(directory, "P2");
    expect(new Set(statuses())).toEqual(new Set(["Enabled"]));
  });
});

describe("what a request costs", () => {
  test.each([
    ["/v1.0/users", 2],
    ["/v1.0/users?$select=id", 1],
    ["/v1.0/users?$expand=manager", 3],
    ["/v1.0/users?$top=10", 1],
    ["/v1.0/groups", 1],
    ["/v1.0/groups/{group}/members", 3],
    ["/v1.0/groups/{group}/members?$select=id&$top=5", 1],
    ["/v1.0/groups/{group}/transitiveMembers", 5],
    ["/v1.0/applications", 2],
    ["/v1.0/oauth2PermissionGrants", 2],
    ["/v1.0/subscribedSkus", 3],
    ["/v1.0/devices", 1],
  ])("%s: %i", async (path, units) => {
    const [group] = openDirectory(client.tenant.store).groups.values();
    const reply = await client.get(path.replace("{group}", group?.id ?? ""));
    expect([reply.status, reply.headers.get("x-ms-resource-unit")]).toEqual([200, String(units)]);
  });

  test("steps of a batch are charged and throttled one by one", async () => {
    const requests = Array.from({ length: 20 }, (_, place) => ({
      id: String(place),
      method: "GET",
      url: "/subscribedSkus",
    }));
    const statuses: number[] = [];
    for (let batch = 0; batch < 90; batch += 1) {
      const { body } = await client.call("POST", "/v1.0/$batch", { requests });
      const { responses } = body as unknown as { responses: readonly { readonly status: number }[] };
      statuses.push(...responses.map(({ status }) => status));
    }
    // 5,000 units per 10 seconds for a tenant of 50 to 500 users, three for each read.
    expect(statuses.filter((status) => status === 200)).toHaveLength(Math.floor(5_000 / 3));
    expect(statuses.at(-1)).toBe(429);
  });
});
