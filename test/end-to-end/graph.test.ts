import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Agent, request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningTenant, runTenant } from "../../infra/local/tenant/tenant";
import { GeneratedKey } from "./graph-certificate";

/**
 * Walks the calls that the official azuread provider plugin makes, resource by resource, over HTTPS with real tokens
 * and the tenant's default replication delays.
 */

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly appId: string;
    readonly value: readonly Readonly<Record<string, unknown>>[];
    readonly error: { readonly message: string; readonly code: string };
  };
}

const graphAppId = "00000003-0000-0000-c000-000000000000";
let directory: string;
let running: RunningTenant;
let agent: Agent;
let bearer: string;

const origin = (): string => running.endpoint.origin;
const objectUrl = (id: string, version = "v1.0"): string =>
  `${origin()}/graph/${version}/directoryObjects/${id}`;

async function call(method: string, path: string, body?: unknown, token = bearer): Promise<Reply> {
  const {
    statusCode,
    headers,
    body: stream,
  } = await request(path.startsWith("https:") ? path : `${origin()}/graph${path}`, {
    dispatcher: agent,
    method: method as "GET",
    // What the plugin sends on every request, GET and DELETE included.
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/json; charset=utf-8; IEEE754Compatible=false",
      "content-type": "application/json; charset=utf-8",
      "odata-version": "4.0",
      "odata-maxversion": "4.0",
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await stream.text();
  if (text !== "") expect(headers["content-type"]).toMatch(/^application\/json/);
  return { status: statusCode, headers, body: text === "" ? {} : JSON.parse(text) };
}

/** Retries as the plugin does: for the resources whose create waits for replication. */
async function retried(what: () => Promise<Reply>, while_: RegExp): Promise<Reply> {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await what();
    if (reply.status !== 400 || !while_.test(reply.body.error.message) || attempt > 20) return reply;
    await wait(100);
  }
}

/** A token for Graph; a new application, secret or role reaches the token endpoint after a while. */
async function token(clientId: string, secret: string, role: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await requestToken(clientId, secret);
    if (reply.access_token !== undefined && claims(reply.access_token).includes(role))
      return reply.access_token;
    if (attempt > 50)
      throw new Error(`No token with ${role}: ${reply.error_description ?? "the role is missing"}`);
    await wait(100);
  }
}

const claims = (jwt: string): string => Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8");

async function requestToken(
  clientId: string,
  secret: string,
): Promise<{ access_token?: string; error_description?: string }> {
  const { body } = await request(`${origin()}/login/${running.endpoint.tenantId}/oauth2/v2.0/token`, {
    dispatcher: agent,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: secret,
      grant_type: "client_credentials",
      scope: `${origin()}/graph/.default`,
    }).toString(),
  });
  return (await body.json()) as { access_token?: string; error_description?: string };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "graph-end-to-end-"));
  running = await runTenant({ directory, port: 0, seed: { users: 30, groups: 10, seed: 1 } });
  agent = new Agent({ connect: { ca: readFileSync(running.endpoint.caFile, "utf8") } });
  const secret = readFileSync(join(directory, "deployer-secret"), "utf8").trim();
  bearer = await token(running.endpoint.deployer.clientId, secret, "RoleManagement.ReadWrite.Directory");
});

afterAll(async () => {
  await agent?.close();
  await running?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** The body that the plugin sends for a new application. */
const applicationBody = (displayName: string, owners: readonly string[]) => ({
  "@odata.type": "#microsoft.graph.application",
  api: {
    acceptMappedClaims: false,
    knownClientApplications: [],
    oauth2PermissionScopes: [],
    requestedAccessTokenVersion: null,
  },
  appRoles: [],
  description: null,
  displayName,
  groupMembershipClaims: null,
  identifierUris: [],
  info: { marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
  isDeviceOnlyAuthSupported: false,
  isFallbackPublicClient: false,
  notes: null,
  optionalClaims: {},
  "owners@odata.bind": owners.map((id) => objectUrl(id)),
  publicClient: { redirectUris: [] },
  requiredResourceAccess: [
    {
      resourceAppId: graphAppId,
      resourceAccess: [{ id: "df021288-bdef-4463-88db-98f22de89214", type: "Role" }],
    },
  ],
  serviceManagementReference: null,
  signInAudience: "AzureADMyOrg",
  spa: { redirectUris: [] },
  tags: ["entra-connectors:test/one"],
  web: {
    homePageUrl: null,
    implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    logoutUrl: null,
    redirectUris: [],
  },
});

const principalBody = (appId: string, owners: readonly string[]) => ({
  "@odata.type": "#microsoft.graph.servicePrincipal",
  accountEnabled: true,
  alternativeNames: [],
  appId,
  appRoleAssignmentRequired: false,
  description: "TERRAFORM_UPDATE_1",
  loginUrl: null,
  notes: null,
  notificationEmailAddresses: [],
  "owners@odata.bind": owners.map((id) => objectUrl(id)),
  preferredSingleSignOnMode: null,
  samlSingleSignOnSettings: {},
  tags: [],
});

describe("the azuread plugin's calls", () => {
  const deployer = (): string => running.endpoint.deployer.objectId;
  let application: Reply["body"];
  let principal: Reply["body"];

  it("application: create, rename twice, read, update", async () => {
    const created = await call("POST", "/v1.0/applications", applicationBody("Connector", [deployer()]));
    expect(created.status).toBe(201);
    application = created.body;
    const path = `/v1.0/applications/${application.id}`;
    for (const displayName of ["TERRAFORM_UPDATE_1", "Connector"]) {
      expect(
        (await call("PATCH", path, { "@odata.type": "#microsoft.graph.application", displayName })).status,
      ).toBe(204);
    }
    const read = (await call("GET", path)).body;
    expect(read).toMatchObject({
      displayName: "Connector",
      tags: ["entra-connectors:test/one"],
      groupMembershipClaims: null,
    });
    expect(
      (await call("GET", `/beta/applications/${application.id}?$select=oauth2RequirePostResponse`)).status,
    ).toBe(200);
    expect((await call("GET", `${path}/owners`)).body.value).toMatchObject([
      { id: deployer(), "@odata.type": "#microsoft.graph.servicePrincipal" },
    ]);
    expect(
      (
        await call("PATCH", path, {
          id: application.id,
          notes: "n",
          web: { homePageUrl: "https://x.example" },
        })
      ).status,
    ).toBe(204);
    expect((await call("GET", path)).body).toMatchObject({
      notes: "n",
      web: { homePageUrl: "https://x.example", redirectUris: [] },
    });
    const broken = await call("GET", "/v1.0/applications?$filter=displayName eq 'O'Brien'");
    expect([broken.status, broken.body.error.code]).toEqual([400, "BadRequest"]);
  });

  it("password: add, find, remove", async () => {
    const path = `/v1.0/applications/${application.id}`;
    const dates = { startDateTime: "2026-01-02T03:04:05Z", endDateTime: "2027-01-02T03:04:05Z" };
    const { status, body } = await call("POST", `${path}/addPassword`, {
      passwordCredential: { displayName: "p", ...dates },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject(dates);
    expect((await call("GET", path)).body.passwordCredentials).toMatchObject([
      { keyId: body.keyId, ...dates, secretText: null },
    ]);
    expect((await call("POST", `${path}/removePassword`, { keyId: body.keyId })).status).toBe(204);
    expect((await call("GET", path)).body.passwordCredentials).toEqual([]);
  });

  it("certificate: PATCH with the key as base64 of PEM, again with what was read, and without", async () => {
    const path = `/v1.0/applications/${application.id}`;
    const { pem } = await GeneratedKey.make("CN=connector", 90);
    const keyId = "0f0e0d0c-0b0a-4a09-8807-060504030201";
    const entry = {
      key: Buffer.from(pem).toString("base64"),
      keyId,
      type: "AsymmetricX509Cert",
      usage: "Verify",
    };
    expect((await call("PATCH", path, { id: application.id, keyCredentials: [entry] })).status).toBe(204);
    const read = (await call("GET", path)).body.keyCredentials as object[];
    expect(read).toMatchObject([{ keyId, type: "AsymmetricX509Cert", startDateTime: expect.any(String) }]);
    expect((await call("PATCH", path, { id: application.id, keyCredentials: read })).status).toBe(204);
    expect((await call("PATCH", path, { id: application.id, keyCredentials: [] })).status).toBe(204);
    expect((await call("GET", path)).body.keyCredentials).toEqual([]);
  });

  it("federated credential: create, update with the full object, delete", async () => {
    const path = `/v1.0/applications/${application.id}/federatedIdentityCredentials`;
    const body = {
      audiences: ["api://AzureADTokenExchange"],
      description: "",
      issuer: "https://i.example",
      name: "collector",
      subject: "s",
    };
    const created = await call("POST", path, body);
    expect(created.status).toBe(201);
    const one = `${path}/${created.body.id}`;
    expect(
      (await call("PATCH", one, { ...body, id: created.body.id, issuer: "https://j.example" })).status,
    ).toBe(204);
    expect((await call("GET", one)).body).toMatchObject({ ...body, issuer: "https://j.example" });
    expect((await call("DELETE", one)).status).toBe(204);
    expect((await call("GET", one)).status).toBe(404);
  });

  it("service principal: look up, create when the application has arrived, describe, read", async () => {
    expect(
      (await call("GET", `/v1.0/servicePrincipals?$filter=appId eq '${application.appId}'`)).body.value,
    ).toEqual([]);
    const created = await retried(
      () => call("POST", "/v1.0/servicePrincipals", principalBody(application.appId, [deployer()])),
      /The appId '.+' of the service principal does not reference a valid application object/,
    );
    expect(created.status).toBe(201);
    principal = created.body;
    const path = `/v1.0/servicePrincipals/${principal.id}`;
    expect((await call("PATCH", path, { description: null })).status).toBe(204);
    expect((await call("GET", path)).body).toMatchObject({
      description: null,
      appId: application.appId,
      servicePrincipalNames: [application.appId],
    });
    expect(
      (await call("GET", `/beta/servicePrincipals/${principal.id}?$select=samlMetadataUrl`)).status,
    ).toBe(200);
    expect((await call("GET", `${path}/owners`)).body.value).toHaveLength(1);
  });

  it("app role assignment: consent once the principal has arrived, read, revoke", async () => {
    const [graph] = (await call("GET", `/v1.0/servicePrincipals?$filter=appId eq '${graphAppId}'`)).body
      .value;
    const path = `/v1.0/servicePrincipals/${graph?.id}/appRoleAssignedTo`;
    const body = {
      appRoleId: "df021288-bdef-4463-88db-98f22de89214",
      principalId: principal.id,
      resourceId: graph?.id,
    };
    const granted = await retried(() => call("POST", path, body), /Not a valid reference update/);
    expect(granted.status).toBe(201);
    expect((await call("GET", `${path}/${granted.body.id}`)).body).toMatchObject(body);
    expect((await call("DELETE", `${path}/${granted.body.id}`)).status).toBe(204);
    expect((await call("GET", `${path}/${granted.body.id}`)).status).toBe(404);
  });

  it("directory role and assignment: no retry is needed", async () => {
    const template = "29232cdf-9323-42fd-ade2-1d097af3e4de";
    expect((await call("GET", "/v1.0/directoryRoleTemplates")).body.value.length).toBeGreaterThan(100);
    expect((await call("GET", `/v1.0/directoryRoleTemplates/${template}`)).body.displayName).toBe(
      "Exchange Administrator",
    );
    expect(
      (await call("GET", `/v1.0/directoryRoles?$filter=roleTemplateId eq '${template}'`)).body.value,
    ).toHaveLength(1);
    const path = "/v1.0/roleManagement/directory/roleAssignments";
    const body = { principalId: principal.id, roleDefinitionId: template, directoryScopeId: "/" };
    const created = await call("POST", path, body);
    expect(created.status).toBe(201);
    expect((await call("GET", `${path}/${created.body.id}`)).body).toMatchObject(body);
    expect((await call("DELETE", `${path}/${created.body.id}`)).status).toBe(204);
    expect((await call("GET", `${path}/${created.body.id}`)).status).toBe(404);
  });

  it("group and grant: with the permissions of another application, taken by a new token", async () => {
    const [graph] = (await call("GET", `/v1.0/servicePrincipals?$filter=appId eq '${graphAppId}'`)).body
      .value;
    const published = graph?.appRoles as { id: string; value: string }[];
    for (const value of [
      "Group.ReadWrite.All",
      "Directory.Read.All",
      "DelegatedPermissionGrant.ReadWrite.All",
      "Domain.Read.All",
    ]) {
      const appRoleId = published.find((role) => role.value === value)?.id;
      const path = `/v1.0/servicePrincipals/${graph?.id}/appRoleAssignedTo`;
      expect(
        (await call("POST", path, { appRoleId, principalId: principal.id, resourceId: graph?.id })).status,
      ).toBe(201);
    }
    const secret = (await call("POST", `/v1.0/applications/${application.id}/addPassword`, {})).body
      .secretText;
    const other = await token(application.appId, String(secret), "Domain.Read.All");
    const as = (method: string, path: string, body?: unknown) => call(method, path, body, other);

    const created = await as("POST", "/beta/groups", {
      "@odata.type": "#microsoft.graph.group",
      description: null,
      displayName: "Connector group",
      groupTypes: [],
      isAssignableToRole: false,
      mailEnabled: false,
      mailNickname: "a1b2c3d4-e",
      membershipRule: null,
      "owners@odata.bind": [objectUrl(principal.id, "beta")],
      resourceBehaviorOptions: [],
      resourceProvisioningOptions: [],
      securityEnabled: true,
    });
    expect(created.status).toBe(201);
    const path = `/beta/groups/${created.body.id}`;
    for (const displayName of ["TERRAFORM_UPDATE_2", "Connector group"]) {
      expect((await as("PATCH", path, { displayName })).status).toBe(204);
    }
    expect(
      (await as("POST", `${path}/members/$ref`, { "@odata.id": objectUrl(deployer(), "beta") })).status,
    ).toBe(204);
    expect((await as("GET", path)).body).toMatchObject({
      displayName: "Connector group",
      membershipRule: null,
    });
    expect((await as("GET", `${path}/owners`)).body.value).toMatchObject([{ id: principal.id }]);
    expect((await as("GET", `${path}/members`)).body.value).toMatchObject([{ id: deployer() }]);
    expect((await as("GET", `${path}/memberOf`)).body.value).toEqual([]);
    expect((await as("DELETE", `${path}/members/${deployer()}/$ref`)).status).toBe(204);
    expect((await as("DELETE", path)).status).toBe(204);
    expect((await as("GET", path)).status).toBe(404);

    const grant = await as("POST", "/v1.0/oauth2PermissionGrants", {
      clientId: principal.id,
      consentType: "AllPrincipals",
      resourceId: graph?.id,
      scope: "openid User.Read",
    });
    expect(grant.status).toBe(201);
    const grantPath = `/v1.0/oauth2PermissionGrants/${grant.body.id}`;
    expect((await as("PATCH", grantPath, { scope: "openid" })).status).toBe(204);
    expect((await as("GET", grantPath)).body.scope).toBe("openid");
    expect((await as("DELETE", grantPath)).status).toBe(204);
    expect((await as("GET", "/v1.0/domains")).body.value).toMatchObject([
      { id: "contoso.example", isDefault: true },
      {},
    ]);
    expect((await call("GET", "/v1.0/domains")).status).toBe(403);
  });

  it("deletes principal and application, after which both answer 404; Microsoft's stay", async () => {
    const [graph] = (await call("GET", `/v1.0/servicePrincipals?$filter=appId eq '${graphAppId}'`)).body
      .value;
    expect((await call("DELETE", `/v1.0/servicePrincipals/${graph?.id}`)).status).toBe(403);
    for (const path of [`/v1.0/servicePrincipals/${principal.id}`, `/v1.0/applications/${application.id}`]) {
      expect((await call("DELETE", path)).status).toBe(204);
      expect((await call("GET", path)).status).toBe(404);
    }
  });

  it("pages by absolute links that may follow a short page, whatever options are added again", async () => {
    const names: unknown[] = [];
    let path: string | undefined = "/v1.0/servicePrincipals?$select=displayName&$top=2";
    while (path !== undefined) {
      const { status, body }: Reply = await call("GET", path);
      expect(status).toBe(200);
      names.push(...body.value.map((one) => one.displayName));
      const next = body["@odata.nextLink"] as string | undefined;
      path = next && `${next}&$top=2&$select=displayName`;
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("Microsoft Graph");
  });
});
