import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type Entity, type GraphClient, graphClient, type Reply } from "./graph-client";

const eventual = { ConsistencyLevel: "eventual" };
const roles = [
  "Directory.Read.All",
  "User.Read.All",
  "Group.Read.All",
  "AuditLog.Read.All",
  "RoleManagement.Read.Directory",
  "Organization.Read.All",
  "AdministrativeUnit.Read.All",
  "Device.Read.All",
  "IdentityRiskyUser.Read.All",
];

describe("lists of a seeded directory", () => {
  let graph: GraphClient;

  beforeAll(async () => {
    graph = await graphClient(roles);
    await seedDirectory(graph.tenant, { users: 400, groups: 60, seed: 7 });
  });
  afterAll(() => graph.tenant.close());

  /** Follows nextLinks to the end, adding the client's own options again as some clients do. */
  async function readAll(path: string): Promise<{ entities: Entity[]; sizes: number[] }> {
    const entities: Entity[] = [];
    const sizes: number[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const reply: Reply = await graph.get(next);
      expect(reply.status, reply.text).toBe(200);
      entities.push(...reply.body.value);
      sizes.push(reply.body.value.length);
      const link: string | undefined = reply.body["@odata.nextLink"];
      expect(link ?? "https://127.0.0.1:8443/graph/").toMatch(/^https:\/\/127\.0\.0\.1:8443\/graph\//);
      next = link && `${link.replace("https://127.0.0.1:8443/graph", "")}&$top=1`;
    }
    return { entities, sizes };
  }

  it("come in pages that hold every entity once, some of them short with more to come", async () => {
    const { entities, sizes } = await readAll("/v1.0/users?$select=id&$top=20");
    expect(new Set(entities.map(({ id }) => id)).size).toBe(400);
    expect(entities).toHaveLength(400);
    expect(sizes.slice(0, -1).some((size) => size < 20)).toBe(true);
    expect(Math.max(...sizes)).toBe(20);
  });

  it("have 100 entities a page unless asked, and at most 999", async () => {
    expect((await graph.get("/v1.0/users")).body.value.length).toBeLessThanOrEqual(100);
    expect((await graph.get("/v1.0/users?$top=5000")).body.value).toHaveLength(400);
  });

  it("go on after an entity was deleted between two pages", async () => {
    const first = await graph.get("/v1.0/devices?$select=id&$top=20");
    const seen = first.body.value.map(({ id }) => id);
    graph.tenant.store.collection("devices").delete(seen.at(-1) ?? "");
    const link = first.body["@odata.nextLink"]?.replace("https://127.0.0.1:8443/graph", "") ?? "";
    const second = await graph.get(link);
    expect(second.body.value.some(({ id }) => seen.includes(id))).toBe(false);
    expect((await graph.get("/v1.0/devices?$skiptoken=nonsense")).status).toBe(400);
  });

  it("expire their page tokens", async () => {
    const link = (await graph.get("/v1.0/groups?$top=5")).body["@odata.nextLink"] ?? "";
    graph.tenant.clock.advance(13 * 3_600_000);
    const later = await graph.as(roles);
    const late = await later.get(link.replace("https://127.0.0.1:8443/graph", ""));
    graph.tenant.clock.reset();
    expect([late.status, late.body.error.code]).toEqual([400, "Directory_ExpiredPageToken"]);
  });

  it.each([
    [
      "/v1.0/users?$filter=userType eq 'Guest' and accountEnabled eq true",
      (e: Entity) => e.userType === "Guest",
    ],
    [
      "/v1.0/groups?$filter=groupTypes/any(c:c eq 'Unified')",
      (e: Entity) => String(e.groupTypes).includes("Unified"),
    ],
    ["/v1.0/groups?$filter=securityEnabled eq true", (e: Entity) => e.securityEnabled === true],
    [
      "/v1.0/users?$filter=startswith(displayName,'A') or startswith(displayName,'B')",
      (e: Entity) => /^[AB]/i.test(String(e.displayName)),
    ],
  ])("filter: %s", async (path, expected) => {
    const own = path.includes("/users") ? "userType" : "groupTypes,securityEnabled";
    const select = `&$select=id,displayName,${own}`;
    const { entities } = await readAll(`${path}${select}`);
    expect(entities.length).toBeGreaterThan(0);
    expect(entities.every(expected)).toBe(true);
  });

  it("ask for ConsistencyLevel where the directory does", async () => {
    const counted = await graph.get(
      "/v1.0/users?$count=true&$filter=endswith(mail,'contoso.example')",
      eventual,
    );
    expect(counted.body["@odata.count"]).toBeGreaterThan(100);
    expect((await graph.get("/v1.0/users/$count", eventual)).text).toBe("400");
    const found = await graph.get('/v1.0/groups?$search="displayName:service acc"', eventual);
    expect(found.body.value).toMatchObject([{ displayName: "Service Accounts" }]);
    for (const path of [
      "/v1.0/users?$filter=endswith(mail,'x')",
      "/v1.0/users/$count",
      '/v1.0/groups?$search="displayName:x"',
      "/v1.0/users?$filter=mail ne 'x'",
    ]) {
      expect((await graph.get(path)).status, path).toBe(400);
    }
  });

  it("sort", async () => {
    const { value } = (await graph.get("/v1.0/users?$orderby=displayName desc&$top=50&$select=displayName"))
      .body;
    const names = value.map(({ displayName }) => String(displayName).toLowerCase());
    expect(names).toEqual([...names].sort().reverse());
  });

  it("refuse options, properties and casts that do not exist", async () => {
    for (const query of [
      "$foo=1",
      "$select=nonsense",
      "$filter=nonsense eq 1",
      "$top=0",
      "$top=x",
      "$expand=nonsense",
      "$count=maybe",
      "$orderby=nonsense",
      "$top=1&$top=2",
    ]) {
      const reply = await graph.get(`/v1.0/users?${query}`);
      expect([query, reply.status]).toEqual([query, 400]);
    }
  });

  it("expand managers, members and scopes", async () => {
    const users = (await graph.get("/v1.0/users?$expand=manager($select=id)&$top=50&$select=id")).body.value;
    expect(users.filter((user) => user.manager !== null).length).toBeGreaterThan(10);
    const [all] = (await graph.get("/v1.0/groups?$filter=displayName eq 'All Employees'&$expand=members"))
      .body.value;
    expect(all?.members).toHaveLength(20);
    const roleAssignments = (
      await graph.get(
        "/v1.0/roleManagement/directory/roleAssignments?$expand=directoryScope,principal,roleDefinition",
      )
    ).body;
    expect(roleAssignments.value[0]).toMatchObject({
      directoryScope: { id: "/" },
      principal: { id: expect.any(String) },
    });
    const policies = await graph.get(
      "/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&$expand=policy($expand=rules)",
    );
    expect(policies.body.value[0]).toMatchObject({ policy: { rules: [{ id: expect.any(String) }] } });
  });

  it("paths are found in any case, with doubled slashes and keys in parentheses", async () => {
    expect((await graph.get("/v1.0//Organization")).body.value).toHaveLength(1);
    const [user] = (await graph.get("/v1.0/users?$top=1")).body.value;
    expect((await graph.get(`/v1.0/Users('${user?.id}')`)).body.id).toBe(user?.id);
    expect((await graph.get(`/v1.0/users/${String(user?.userPrincipalName)}`)).body.id).toBe(user?.id);
    const principal = await graph.get(
      "/v1.0/ServicePrincipals(AppID='00000003-0000-0000-c000-000000000000')",
    );
    expect(principal.body.displayName).toBe("Microsoft Graph");
    const { body } = await graph.get("/v1.0/groups?$filter=displayName eq 'O''Brien''s project team'");
    expect(body.value).toHaveLength(1);
    const members = await graph.get(
      `/v1.0/groups/${body.value[0]?.id}/members/microsoft.graph.user?$select=id`,
    );
    expect(members.body.value.length).toBeGreaterThan(0);
  });

  it("hold sign-ins only for callers and tenants that may see them", async () => {
    expect((await graph.get("/v1.0/auditLogs/signIns?$top=5")).body.value).toHaveLength(5);
    const active = await graph.get("/v1.0/users?$select=id,signInActivity&$top=999");
    expect(active.body.value.length).toBeLessThanOrEqual(500);
    expect(active.body.value.some((user) => user.signInActivity !== null)).toBe(true);
  });
});

describe("a long list", () => {
  it("is remembered while it is paged, and still shows what happened meanwhile", async () => {
    const graph = await graphClient(roles);
    await seedDirectory(graph.tenant, { users: 2_600, groups: 0, seed: 2 });
    const users = graph.tenant.store.collection<{ id: string; displayName: string }>("users");
    const [late, changed] = [...users.values()].slice(-2);
    const seen: Entity[] = [];
    let next: string | undefined = "/v1.0/users?$select=id,displayName&$top=500";
    for (let page = 0; next !== undefined; page += 1) {
      const { body }: Reply = await graph.get(next);
      seen.push(...body.value);
      next = body["@odata.nextLink"]?.replace("https://127.0.0.1:8443/graph", "");
      if (page !== 2) continue;
      users.delete(late?.id ?? "");
      users.put({ ...changed!, displayName: "Renamed" });
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(2_599);
    expect(seen).toHaveLength(2_599);
    expect(seen.at(-1)).toEqual({ id: changed?.id, displayName: "Renamed" });
    graph.tenant.close();
  });
});

describe("the seed", () => {
  it("makes the same directory again, and a larger one with the same first users", async () => {
    const idsOf = async (users: number) => {
      const graph = await graphClient([]);
      await seedDirectory(graph.tenant, { users, groups: 12, seed: 3 });
      const ids = [...graph.tenant.store.collection("users").values()].map(({ id }) => id);
      graph.tenant.close();
      return ids;
    };
    const [small, again, large] = [await idsOf(50), await idsOf(50), await idsOf(80)];
    expect(again).toEqual(small);
    expect(large.slice(0, 50)).toEqual(small);
  });

  it("gives the deployer its four roles, a secret that is not stored, and the same ids for another seed", async () => {
    const graph = await graphClient(["Application.Read.All"]);
    const first = (await seedDirectory(graph.tenant, { users: 5, groups: 0, seed: 1 })).deployer;
    const second = (await seedDirectory(graph.tenant, { users: 5, groups: 0, seed: 2 })).deployer;
    expect([second.clientId, second.objectId]).toEqual([first.clientId, first.objectId]);
    expect(second.secret).not.toBe(first.secret);
    const assigned = await graph.get(`/v1.0/servicePrincipals/${first.objectId}/appRoleAssignments`);
    expect(assigned.body.value).toHaveLength(4);
    const stored = JSON.stringify([...graph.tenant.store.collection("applications").values()]);
    expect(stored).not.toContain(second.secret);
    graph.tenant.close();
  });
});

describe("throttling", () => {
  it("answers 429 with Retry-After when the budget is spent, per item in a batch, and recovers", async () => {
    const graph = await graphClient(["Organization.Read.All", "AuditLog.Read.All"], {
      throttling: true,
      now: new Date("2026-06-01T00:00:00Z"),
    });
    const audits = () => graph.get("/v1.0/auditLogs/directoryAudits");
    for (let request = 0; request < 5; request += 1) expect((await audits()).status).toBe(200);
    const late = await audits();
    expect(late.status).toBe(429);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(late.headers.get("x-ms-throttle-scope")).toBe("Tenant_Application/ReadWrite");
    const batch = await graph.call("POST", "/v1.0/$batch", {
      requests: [
        { id: "1", method: "GET", url: "/auditLogs/directoryAudits" },
        { id: "2", method: "GET", url: "/organization" },
      ],
    });
    expect(batch.body.responses).toMatchObject([
      { status: 429, headers: { "Retry-After": expect.any(String) } },
      { status: 200 },
    ]);
    graph.tenant.clock.advance(Number(late.headers.get("retry-after")) * 1000);
    expect((await audits()).status).toBe(200);
    graph.tenant.close();
  });
});
