import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { X509CertificateGenerator } from "@peculiar/x509";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Application } from "../../../infra/local/tenant/directory/model";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type GraphClient, graphClient } from "./graph-client";

const graphAppId = "00000003-0000-0000-c000-000000000000";
const roles = [
  "Application.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "RoleManagement.ReadWrite.Directory",
  "Directory.Read.All",
  "Group.ReadWrite.All",
  "User.ReadWrite.All",
  "Domain.Read.All",
  "Organization.Read.All",
  "DelegatedPermissionGrant.ReadWrite.All",
];

async function certificate(days: number): Promise<string> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: "CN=test",
    notBefore: new Date("2026-01-01T00:00:00Z"),
    notAfter: new Date(Date.parse("2026-01-01T00:00:00Z") + days * 86_400_000),
    keys: keys as Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]["keys"],
    signingAlgorithm: algorithm,
  });
  return made.toString("pem");
}

describe("the resources", () => {
  let graph: GraphClient;

  beforeEach(async () => {
    graph = await graphClient(roles, { now: new Date("2026-06-01T00:00:00Z") });
    await seedDirectory(graph.tenant, { users: 0, groups: 0, seed: 1 });
  });
  afterEach(() => graph.tenant.close());

  const createApplication = async (body: object = {}) =>
    (await graph.call("POST", "/v1.0/applications", { displayName: "app", ...body })).body;

  it("merges complex properties of an application and keeps the order of its permissions", async () => {
    const access = [
      { id: "2", type: "Role" },
      { id: "1", type: "Role" },
    ];
    const { id } = await createApplication({
      api: {
        oauth2PermissionScopes: [{ id: "s", value: "x", isEnabled: true }],
        requestedAccessTokenVersion: 2,
      },
      web: { homePageUrl: "https://a.example", implicitGrantSettings: { enableIdTokenIssuance: true } },
      requiredResourceAccess: [{ resourceAppId: graphAppId, resourceAccess: access }],
    });
    const change = { api: { knownClientApplications: [] }, web: { logoutUrl: null }, tags: ["t"] };
    expect((await graph.call("PATCH", `/v1.0/applications/${id}`, change)).status).toBe(204);
    expect((await graph.get(`/v1.0/applications/${id}`)).body).toMatchObject({
      api: { oauth2PermissionScopes: [{ id: "s" }], requestedAccessTokenVersion: 2 },
      web: { homePageUrl: "https://a.example", implicitGrantSettings: { enableIdTokenIssuance: true } },
      requiredResourceAccess: [{ resourceAccess: access }],
      groupMembershipClaims: null,
      tags: ["t"],
    });
  });

  it("shows a secret once, keeps its hash only, and echoes its dates", async () => {
    const { id } = await createApplication();
    const dates = { startDateTime: "2026-05-01T00:00:00Z", endDateTime: "2026-12-01T00:00:00Z" };
    const added = await graph.call("POST", `/v1.0/applications/${id}/addPassword`, {
      passwordCredential: { displayName: "slot", ...dates },
    });
    expect(added.body).toMatchObject({
      ...dates,
      displayName: "slot",
      hint: added.body.secretText.slice(0, 3),
    });
    expect(added.body.secretText).toHaveLength(40);
    const read = await graph.get(`/v1.0/applications/${id}`);
    expect(read.text).not.toContain(added.body.secretText);
    expect(read.text).not.toContain("secretHash");
    const stored = graph.tenant.store.collection<Application>("applications").get(id);
    expect(JSON.stringify(stored)).not.toContain(added.body.secretText);
    const removed = await graph.call("POST", `/v1.0/applications/${id}/removePassword`, {
      keyId: added.body.keyId.toUpperCase(),
    });
    expect(removed.status).toBe(204);
    expect((await graph.get(`/v1.0/applications/${id}`)).body.passwordCredentials).toEqual([]);
  });

  it("treats keyCredentials as a whole: a repeated entry keeps its key, a missing one goes", async () => {
    const { id } = await createApplication();
    const path = `/v1.0/applications/${id}`;
    const [first, second] = await Promise.all([certificate(365), certificate(200)]);
    const keyOf = (pem: string) => Buffer.from(pem).toString("base64");
    const [a, b] = ["aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"];
    const entry = { type: "AsymmetricX509Cert", usage: "Verify" };
    await graph.call("PATCH", path, { keyCredentials: [{ ...entry, keyId: a, key: keyOf(first) }] });
    const read = (await graph.get(path)).body.keyCredentials as object[];
    expect(read).toMatchObject([
      { keyId: a, key: null, startDateTime: "2026-01-01T00:00:00Z", endDateTime: "2027-01-01T00:00:00Z" },
    ]);
    const dates = { startDateTime: "2026-02-01T00:00:00Z", endDateTime: "2026-03-01T00:00:00Z" };
    const both = [...read, { ...entry, ...dates, keyId: b, key: keyOf(second) }];
    expect((await graph.call("PATCH", path, { id, keyCredentials: both })).status).toBe(204);
    const stored = () =>
      graph.tenant.store.collection<Application>("applications").get(id)?.keyCredentials ?? [];
    expect(stored().map((key) => [key.keyId, key.key])).toEqual([
      [a, keyOf(first)],
      [b, keyOf(second)],
    ]);
    expect(stored()[1]).toMatchObject(dates);
    await graph.call("PATCH", path, { keyCredentials: both.slice(1).map((key) => ({ ...key, key: null })) });
    expect(stored().map((key) => key.keyId)).toEqual([b]);
    const late = { ...entry, keyId: a, key: keyOf(first), endDateTime: "2030-01-01T00:00:00Z" };
    expect((await graph.call("PATCH", path, { keyCredentials: [late] })).status).toBe(400);
    expect(
      (await graph.call("PATCH", path, { keyCredentials: [{ ...entry, keyId: a, key: null }] })).status,
    ).toBe(400);
    await graph.call("PATCH", path, { keyCredentials: [] });
    expect(stored()).toEqual([]);
  });

  it("takes at most 20 federated credentials, each with a name and subject of its own", async () => {
    const { id } = await createApplication();
    const path = `/v1.0/applications/${id}/federatedIdentityCredentials`;
    const body = (n: number) => ({
      name: `name-${n}`,
      issuer: "https://i.example",
      subject: `s${n}`,
      audiences: ["a"],
      description: "",
    });
    for (let n = 0; n < 20; n += 1) expect((await graph.call("POST", path, body(n))).status).toBe(201);
    expect((await graph.call("POST", path, body(20))).status).toBe(400);
    expect((await graph.call("POST", path, { ...body(21), name: "name-1" })).status).toBe(409);
    expect((await graph.call("POST", path, { ...body(22), subject: "s1" })).status).toBe(409);
    const [first] = (await graph.get(path)).body.value;
    expect((await graph.call("PATCH", `${path}/${first?.id}`, { ...first, subject: "new" })).status).toBe(
      204,
    );
    expect((await graph.get(`${path}/${first?.id}`)).body).toMatchObject({ subject: "new", description: "" });
  });

  it("creates Microsoft's applications that are not there yet by their appId, and none that it does not know", async () => {
    const appId = "cfa8b339-82a2-471a-a3c9-0fc0be7a4093";
    const found = () => graph.get(`/v1.0/servicePrincipals?$filter=appId eq '${appId}'`);
    expect((await found()).body.value).toEqual([]);
    const created = await graph.call("POST", "/v1.0/servicePrincipals", { appId });
    expect(created).toMatchObject({ status: 201, body: { displayName: "Azure Key Vault" } });
    expect((await found()).body.value).toHaveLength(1);
    expect((await graph.call("DELETE", `/v1.0/servicePrincipals/${created.body.id}`)).status).toBe(403);
    const unknown = { appId: "cfa8b339-82a2-471a-a3c9-000000000000" };
    expect((await graph.call("POST", "/v1.0/servicePrincipals", unknown)).status).toBe(400);
  });

  it("publishes Microsoft's real app roles and refuses to delete Microsoft's principals", async () => {
    const { body } = await graph.get(`/v1.0/servicePrincipals(appId='${graphAppId}')`);
    const published = body.appRoles as { value: string; id: string }[];
    expect(published).toHaveLength(716);
    expect(published.find((role) => role.value === "User.Read.All")?.id).toBe(
      "df021288-bdef-4463-88db-98f22de89214",
    );
    expect((await graph.call("DELETE", `/v1.0/servicePrincipals/${body.id}`)).status).toBe(403);
    const exchange = await graph.get(
      `/v1.0/servicePrincipals?$filter=appId eq '00000002-0000-0ff1-ce00-000000000000'`,
    );
    expect(JSON.stringify(exchange.body.value)).toContain("dc50a0fb-09a3-484d-be87-e023b12c6440");
  });

  it("grants consent once, for a role that exists, and revokes it", async () => {
    const { body: resource } = await graph.get(`/v1.0/servicePrincipals(appId='${graphAppId}')`);
    const application = await createApplication();
    const principal = (await graph.call("POST", "/v1.0/servicePrincipals", { appId: application.appId }))
      .body;
    const path = `/v1.0/servicePrincipals/${resource.id}/appRoleAssignedTo`;
    const body = {
      appRoleId: "df021288-bdef-4463-88db-98f22de89214",
      principalId: principal.id,
      resourceId: resource.id,
    };
    const granted = await graph.call("POST", path, body);
    expect(granted.body).toMatchObject({
      ...body,
      principalType: "ServicePrincipal",
      resourceDisplayName: "Microsoft Graph",
    });
    const again = await graph.call("POST", path, body);
    expect([again.status, again.body.error.message]).toEqual([
      400,
      "Permission being assigned already exists on the object",
    ]);
    const unknown = await graph.call("POST", path, { ...body, appRoleId: principal.id });
    expect(unknown.body.error.message).toContain("was not found");
    expect((await graph.get(`${path}/${granted.body.id}`)).status).toBe(200);
    expect((await graph.call("DELETE", `${path}/${granted.body.id}`)).status).toBe(204);
    expect(
      (await graph.get(`/v1.0/servicePrincipals/${principal.id}/appRoleAssignments`)).body.value,
    ).toEqual([]);
  });

  it("deletes softly and restores what hung on the object", async () => {
    const { body: resource } = await graph.get(`/v1.0/servicePrincipals(appId='${graphAppId}')`);
    const application = await createApplication();
    const principal = (await graph.call("POST", "/v1.0/servicePrincipals", { appId: application.appId }))
      .body;
    await graph.call("POST", `/v1.0/servicePrincipals/${resource.id}/appRoleAssignedTo`, {
      appRoleId: "df021288-bdef-4463-88db-98f22de89214",
      principalId: principal.id,
      resourceId: resource.id,
    });
    expect((await graph.call("DELETE", `/v1.0/applications/${application.id}`)).status).toBe(204);
    for (const path of [`/v1.0/applications/${application.id}`, `/v1.0/servicePrincipals/${principal.id}`]) {
      expect((await graph.get(path)).body.error.code).toBe("Request_ResourceNotFound");
    }
    const deleted = await graph.get("/v1.0/directory/deletedItems/microsoft.graph.application");
    expect(deleted.body.value).toMatchObject([
      { id: application.id, deletedDateTime: "2026-06-01T00:00:00Z" },
    ]);
    for (const id of [application.id, principal.id]) {
      expect((await graph.call("POST", `/v1.0/directory/deletedItems/${id}/restore`)).status).toBe(200);
    }
    expect(
      (await graph.get(`/v1.0/servicePrincipals/${principal.id}/appRoleAssignments`)).body.value,
    ).toHaveLength(1);
    await graph.call("DELETE", `/v1.0/applications/${application.id}`);
    expect((await graph.call("DELETE", `/v1.0/directory/deletedItems/${application.id}`)).status).toBe(204);
    expect((await graph.get(`/v1.0/directory/deletedItems/${application.id}`)).status).toBe(403);
  });

  it("refuses writes to groups that another system masters", async () => {
    const security = { displayName: "g", mailNickname: "g", mailEnabled: false, securityEnabled: true };
    const list = { ...security, mailEnabled: true };
    expect((await graph.call("POST", "/v1.0/groups", list)).status).toBe(400);
    const made = await graph.call("POST", "/beta/groups", {
      ...security,
      groupTypes: [],
      membershipRule: null,
    });
    const group = `/beta/groups/${made.body.id}`;
    const [member] = (await graph.get("/v1.0/servicePrincipals?$top=1")).body.value;
    const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${member?.id}` };
    expect((await graph.call("POST", `${group}/members/$ref`, reference)).status).toBe(204);
    const twice = await graph.call("POST", `${group}/members/$ref`, reference);
    expect(twice.body.error.message).toContain("One or more added object references already exist");
    expect((await graph.get(`${group}/members`)).body.value).toMatchObject([
      { "@odata.type": "#microsoft.graph.servicePrincipal" },
    ]);
    expect((await graph.get(`${group.replace("beta", "v1.0")}/members`)).body.value).toEqual([]);
    expect((await graph.call("DELETE", `${group}/members/${member?.id}/$ref`)).status).toBe(204);
    expect((await graph.call("DELETE", group)).status).toBe(204);
  });
});

describe("replication", () => {
  it("shows a new object by id at once, in lists and to references later", async () => {
    const graph = await graphClient(roles, {
      now: new Date("2026-06-01T00:00:00Z"),
      delays: { lists: 5_000, references: 3_000 },
    });
    const application = (await graph.call("POST", "/v1.0/applications", { displayName: "new" })).body;
    expect((await graph.get(`/v1.0/applications/${application.id}`)).status).toBe(200);
    const listed = () => graph.get("/v1.0/applications?$filter=displayName eq 'new'");
    expect((await listed()).body.value).toEqual([]);
    const early = await graph.call("POST", "/v1.0/servicePrincipals", { appId: application.appId });
    expect(early.body.error.message).toMatch(
      /The appId '.+' of the service principal does not reference a valid application object/,
    );
    graph.tenant.clock.advance(5_000);
    expect((await listed()).body.value).toHaveLength(1);
    expect((await graph.call("POST", "/v1.0/servicePrincipals", { appId: application.appId })).status).toBe(
      201,
    );
    graph.tenant.close();
  });
});
