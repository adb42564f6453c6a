import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GraphClient, graphClient } from "./graph-client";

const owner = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

describe("authorization", () => {
  let admin: GraphClient;

  beforeEach(async () => {
    admin = await graphClient(["Application.ReadWrite.All", "User.ReadWrite.All", "Directory.Read.All"]);
    admin.tenant.store.collection<{ id: string }>("servicePrincipals").put({
      id: owner,
      appId: "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb",
      displayName: "Owner",
      servicePrincipalType: "Application",
      accountEnabled: true,
      owners: [],
      appRoles: [],
      properties: {},
    } as { id: string });
  });
  afterEach(() => admin.tenant.close());

  it("answers 401 in Graph's form without a token", async () => {
    const reply = await admin.call("GET", "/v1.0/users", undefined, { authorization: "" });
    expect(reply.status).toBe(401);
    expect(reply.body.error).toMatchObject({
      code: "InvalidAuthenticationToken",
      message: "Access token is empty.",
      innerError: { date: expect.any(String), "request-id": reply.headers.get("request-id") },
    });
    expect(reply.headers.get("www-authenticate")).toContain("authorization_uri");
  });

  it("answers 403 when the one permission that a call needs is taken away", async () => {
    const with_ = await admin.as(["GroupMember.Read.All"]);
    const without = await admin.as([]);
    expect((await with_.get("/v1.0/groups")).status).toBe(200);
    const reply = await without.get("/v1.0/groups", { "client-request-id": "mine" });
    expect(reply.status).toBe(403);
    expect(reply.body.error).toMatchObject({
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
      innerError: { "client-request-id": "mine" },
    });
  });

  it("never takes a read permission for a write", async () => {
    const reader = await admin.as([
      "Directory.Read.All",
      "Application.Read.All",
      "User.Read.All",
      "Group.Read.All",
    ]);
    for (const [method, path] of [
      ["POST", "/v1.0/applications"],
      ["POST", "/v1.0/users"],
      ["POST", "/v1.0/groups"],
    ] as const) {
      expect((await reader.call(method, path, { displayName: "x" })).status, path).toBe(403);
    }
  });

  it("denies a call that no row lists, and says 501 for a listed one that is not served", async () => {
    expect((await admin.get("/v1.0/security/alerts")).body.error.code).toBe("BadRequest");
    expect((await admin.get("/v1.0/users/x/mailboxSettings")).status).toBe(403);
    const mail = await admin.as(["MailboxSettings.Read"]);
    expect((await mail.get("/v1.0/users/x/mailboxSettings")).status).toBe(501);
  });

  it("needs both permissions to grant consent", async () => {
    const body = { appRoleId: owner, principalId: owner, resourceId: owner };
    const path = `/v1.0/servicePrincipals/${owner}/appRoleAssignedTo`;
    for (const roles of [
      ["AppRoleAssignment.ReadWrite.All"],
      ["Application.Read.All"],
      ["Application.ReadWrite.OwnedBy"],
    ]) {
      expect((await (await admin.as(roles)).call("POST", path, body)).status).toBe(403);
    }
    const both = await admin.as(["AppRoleAssignment.ReadWrite.All", "Application.Read.All"]);
    expect((await both.call("POST", path, body)).status).toBe(400);
  });

  it("lets OwnedBy reach only what the caller owns", async () => {
    const foreign = await admin.call("POST", "/v1.0/applications", { displayName: "foreign" });
    const owned = await admin.as(["Application.ReadWrite.OwnedBy"], owner);
    const mine = await owned.call("POST", "/v1.0/applications", { displayName: "mine" });
    expect(mine.status).toBe(201);
    const path = (id: string) => `/v1.0/applications/${id}`;
    expect((await owned.get(path(foreign.body.id))).status).toBe(403);
    expect((await owned.call("PATCH", path(foreign.body.id), { notes: "x" })).status).toBe(403);
    expect((await owned.call("POST", `${path(foreign.body.id)}/addPassword`, {})).status).toBe(403);
    expect((await owned.call("PATCH", path(mine.body.id), { notes: "x" })).status).toBe(204);
    expect((await owned.get("/v1.0/applications")).body.value.map(({ id }) => id)).toEqual([mine.body.id]);
    const principal = await owned.call("POST", "/v1.0/servicePrincipals", { appId: foreign.body.appId });
    expect(principal.status).toBe(403);
    const graph = await owned.call("POST", "/v1.0/servicePrincipals", {
      appId: "00000003-0000-0000-c000-000000000000",
    });
    expect(graph.body.error.message).toContain("When using this permission, the backing application");
  });

  it("checks every step of a batch by itself", async () => {
    const reader = await admin.as(["User.Read.All"]);
    const reply = await reader.call("POST", "/v1.0/$batch", {
      requests: [
        { id: "1", method: "GET", url: "/users" },
        { id: "2", method: "get", url: "groups" },
        { id: "3", method: "DELETE", url: "/users/x" },
        { id: "4", method: "GET", url: "/users", dependsOn: ["2"] },
      ],
    });
    expect(reply.status).toBe(200);
    expect(reply.body.responses).toMatchObject([
      { status: 200 },
      { status: 403 },
      { status: 403 },
      { status: 424 },
    ]);
    const tooMany = Array.from({ length: 21 }, (_, id) => ({ id: String(id), method: "GET", url: "/users" }));
    expect((await reader.call("POST", "/v1.0/$batch", { requests: tooMany })).status).toBe(400);
  });

  it("narrows a PATCH of a user to the properties of a small permission", async () => {
    const { id } = admin.tenant.store.collection<{ id: string }>("users").put({
      id: "cccccccc-cccc-4ccc-8ccc-cccccccccccc",
      displayName: "Ada",
      userPrincipalName: "ada@contoso.example",
      accountEnabled: true,
      managerId: null,
      assignedLicenses: [],
      properties: {},
    } as { id: string });
    const disabler = await admin.as(["User.EnableDisableAccount.All", "User.Read.All"]);
    expect((await disabler.call("PATCH", `/v1.0/users/${id}`, { accountEnabled: false })).status).toBe(204);
    expect((await disabler.call("PATCH", `/v1.0/users/${id}`, { jobTitle: "x" })).status).toBe(403);
    expect(
      (await disabler.call("PATCH", `/v1.0/users/${id}`, { accountEnabled: true, jobTitle: "x" })).status,
    ).toBe(403);
  });

  it("keeps administrators' sensitive properties for callers with a directory role", async () => {
    const users = admin.tenant.store.collection<{ id: string }>("users");
    const id = "dddddddd-dddd-4ddd-8ddd-dddddddddddd";
    users.put({
      id,
      displayName: "Admin",
      userPrincipalName: "admin@contoso.example",
      accountEnabled: true,
      properties: {},
    } as { id: string });
    const assignments = admin.tenant.store.collection<{ id: string }>("directoryRoleAssignments");
    const assign = (principalId: string, roleDefinitionId: string) =>
      assignments.put({ id: principalId, principalId, roleDefinitionId, directoryScopeId: "/" } as {
        id: string;
      });
    const writer = await admin.as(["User.ReadWrite.All"], owner);
    const disable = () => writer.call("PATCH", `/v1.0/users/${id}`, { accountEnabled: false });
    expect((await disable()).status).toBe(204);
    assign(id, "62e90394-69f5-4237-9190-012177145e10");
    expect((await disable()).status).toBe(403);
    expect((await writer.call("PATCH", `/v1.0/users/${id}`, { jobTitle: "x" })).status).toBe(204);
    expect((await writer.call("DELETE", `/v1.0/users/${id}`)).status).toBe(403);
    assign(owner, "7be44c8a-adaf-4e2a-84d6-ab2649e08a13");
    expect((await disable()).status).toBe(204);
  });

  it("names AuditLog.Read.All when sign-in activity is asked for without it", async () => {
    const reader = await admin.as(["User.Read.All"]);
    const reply = await reader.get("/v1.0/users?$select=id,signInActivity");
    expect(reply.status).toBe(403);
    expect(reply.body.error.message).toContain("AuditLog.Read.All");
    const licensed = await admin.as(["User.Read.All", "AuditLog.Read.All"]);
    const premium = await licensed.get("/v1.0/users?$select=id,signInActivity");
    expect(premium.body.error.code).toBe("Authentication_RequestFromNonPremiumTenantOrB2CTenant");
  });
});
