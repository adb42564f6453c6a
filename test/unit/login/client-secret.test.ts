import { jwtVerify } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import {
  claimsOf,
  giveCredentials,
  graphAppId,
  type LoginFixture,
  loginFixture,
  now,
  passwordOf,
  requestToken,
  userReadAll,
} from "./fixtures";

const day = 86_400_000;

let fixture: LoginFixture;
beforeEach(() => {
  fixture = loginFixture();
  giveCredentials(fixture, { passwordCredentials: [passwordOf("s3cret")] });
});

function consent(): void {
  fixture.directory.appRoleAssignments.put({
    id: "assignment",
    appRoleId: userReadAll.id,
    principalId: fixture.principal.id,
    principalType: "ServicePrincipal",
    resourceId: fixture.graph.id,
    createdDateTime: now.toISOString(),
  });
}

describe("a token for Microsoft Graph", () => {
  test("carries who, where, how long and which consented roles", async () => {
    consent();
    const reply = await requestToken(fixture, { client_secret: "s3cret" });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ token_type: "Bearer", expires_in: 3599 });
    const seconds = now.getTime() / 1000;
    expect(claimsOf(reply)).toMatchObject({
      aud: "https://graph.microsoft.com",
      iss: `https://sts.windows.net/${fixture.tenant.settings.tenantId}/`,
      iat: seconds,
      nbf: seconds - 300,
      exp: seconds + 3599,
      oid: fixture.principal.id,
      sub: fixture.principal.id,
      tid: fixture.tenant.settings.tenantId,
      appid: fixture.application.appId,
      app_displayname: "Connector",
      appidacr: "1",
      idtyp: "app",
      roles: ["User.Read.All"],
      ver: "1.0",
    });
  });

  test("is accepted by Graph only, until it expires on the tenant's clock", async () => {
    consent();
    const { body } = await requestToken(fixture, { client_secret: "s3cret" });
    const header = `Bearer ${String(body.access_token)}`;
    expect(await fixture.tenant.tokens.verify(header, "graph")).toMatchObject({
      clientId: fixture.application.appId,
      roles: ["User.Read.All"],
    });
    await expect(fixture.tenant.tokens.verify(header, "arm")).rejects.toMatchObject({ problem: "audience" });
    fixture.tenant.clock.advance(3_600_000);
    await expect(fixture.tenant.tokens.verify(header, "graph")).rejects.toMatchObject({ problem: "expired" });
  });

  test("is signed by the key that the keys endpoint publishes", async () => {
    const { body } = await requestToken(fixture, { client_secret: "s3cret" });
    const response = await fixture.login.request("/contoso.example/discovery/v2.0/keys");
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    const { createLocalJWKSet } = await import("jose");
    const keySet = createLocalJWKSet({ keys: keys as never });
    const { protectedHeader } = await jwtVerify(String(body.access_token), keySet, { currentDate: now });
    expect(keys.map(({ kid }) => kid)).toContain(protectedHeader.kid);
  });

  test("keeps the roles it was issued with; one issued after the role is revoked has none", async () => {
    consent();
    const before = await requestToken(fixture, { client_secret: "s3cret" });
    fixture.directory.appRoleAssignments.delete("assignment");
    const after = await requestToken(fixture, { client_secret: "s3cret" });
    expect(claimsOf(before).roles).toEqual(["User.Read.All"]);
    expect(claimsOf(after).roles).toBeUndefined();
  });

  test("by v1 with a resource repeats the resource and says numbers as text", async () => {
    const path = "/contoso.example/oauth2/token";
    const fields = { client_secret: "s3cret", scope: undefined, resource: graphAppId };
    const { body } = await requestToken(fixture, fields, path);
    expect(body).toMatchObject({ resource: graphAppId, expires_in: "3599", expires_on: "1772369999" });
  });
});

describe("client secrets", () => {
  test("two valid secrets both sign in, as during the overlap of a rotation", async () => {
    giveCredentials(fixture, { passwordCredentials: [passwordOf("old"), passwordOf("new")] });
    for (const secret of ["old", "new"]) {
      expect((await requestToken(fixture, { client_secret: secret })).status).toBe(200);
    }
  });

  test("credentials in the Authorization header work as well", async () => {
    const { tenant, application } = fixture;
    const credentials = Buffer.from(`${application.appId}:s3cret`).toString("base64");
    const response = await fixture.login.request(`/${tenant.settings.tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        scope: "https://vault.azure.net/.default",
      }),
    });
    expect(response.status).toBe(200);
  });

  test.each([
    ["a wrong secret", { client_secret: "other" }, 401, "invalid_client", 7000215],
    ["no credential", {}, 401, "invalid_client", 7000216],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type", 70003],
    ["no grant", { grant_type: undefined }, 400, "invalid_request", 900144],
    [
      "an unknown application",
      { client_id: graphAppId.replace("3", "4") },
      400,
      "unauthorized_client",
      700016,
    ],
    ["a client id that is no id", { client_id: "connector" }, 400, "unauthorized_client", 900023],
    ["a scope without .default", { scope: "User.Read" }, 400, "invalid_scope", 1002012],
    ["an unknown resource", { scope: "https://api.example/.default" }, 400, "invalid_resource", 500011],
  ])("%s is refused as Microsoft does", async (_name, fields, status, error, code) => {
    const request =
      "client_secret" in fields || code === 7000216 ? fields : { client_secret: "s3cret", ...fields };
    const reply = await requestToken(fixture, request);
    expect(reply).toMatchObject({
      status,
      body: { error, error_codes: [code], timestamp: "2026-03-01 12:00:00Z" },
    });
    expect(reply.body.error_description).toMatch(
      new RegExp(`^AADSTS${code}: .* Trace ID: .* Correlation ID: `),
    );
    expect(reply.body.trace_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("the id of the secret instead of its value is not named in the answer", async () => {
    const reply = await requestToken(fixture, { client_secret: "guessed-value" });
    expect(JSON.stringify(reply.body)).not.toContain("guessed-value");
  });

  test("an expired secret says so, one that has not begun is wrong", async () => {
    fixture.tenant.clock.advance(150 * day);
    expect((await requestToken(fixture, { client_secret: "s3cret" })).body.error_codes).toEqual([7000222]);
    fixture.tenant.clock.advance(-300 * day);
    expect((await requestToken(fixture, { client_secret: "s3cret" })).body.error_codes).toEqual([7000215]);
  });

  test("an unknown tenant is not found; another tenant's name is not ours", async () => {
    const reply = await requestToken(
      fixture,
      { client_secret: "s3cret" },
      "/fabrikam.example/oauth2/v2.0/token",
    );
    expect(reply).toMatchObject({ status: 400, body: { error: "invalid_request", error_codes: [90002] } });
  });

  test("a disabled principal and a missing one are refused", async () => {
    const { directory, principal } = fixture;
    directory.servicePrincipals.put({ ...principal, accountEnabled: false });
    const disabled = await requestToken(fixture, { client_secret: "s3cret" });
    expect(disabled).toMatchObject({ status: 400, body: { error_codes: [7000112] } });
    directory.servicePrincipals.delete(principal.id);
    const missing = await requestToken(fixture, { client_secret: "s3cret" });
    expect(missing).toMatchObject({ status: 401, body: { error_codes: [7000229] } });
  });
});

describe("replication", () => {
  test("a new application is unknown, a new secret wrong and a new role absent until they have arrived", async () => {
    fixture = loginFixture({ delays: { "token-endpoint": 1000, "roles-claim": 5000 } });
    const codes = async () => (await requestToken(fixture, { client_secret: "s3cret" })).body.error_codes;
    expect(await codes()).toEqual([700016]);
    fixture.tenant.clock.advance(1000);
    giveCredentials(fixture, {
      passwordCredentials: [passwordOf("s3cret", { addedAt: fixture.tenant.clock.now() })],
    });
    expect(await codes()).toEqual([7000215]);
    fixture.tenant.clock.advance(1000);
    consent();
    expect(claimsOf(await requestToken(fixture, { client_secret: "s3cret" })).roles).toBeUndefined();
    fixture.tenant.clock.advance(5000);
    expect(claimsOf(await requestToken(fixture, { client_secret: "s3cret" })).roles).toEqual([
      "User.Read.All",
    ]);
  });
});
