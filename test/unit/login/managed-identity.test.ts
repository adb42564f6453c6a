import { randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import { beforeEach, expect, test } from "vitest";
import type { ServicePrincipal } from "../../../infra/local/tenant/directory/model";
import { createManagedIdentityApp, IdentityHosts } from "../../../infra/local/tenant/login/managed-identity";
import { type LoginFixture, loginFixture, principalOf } from "./fixtures";

const header = "an-identity-header-of-a-host";
const resourceId =
  "/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i";

let fixture: LoginFixture;
let identity: ServicePrincipal;
let foreign: ServicePrincipal;

beforeEach(() => {
  fixture = loginFixture();
  const identities = fixture.directory.servicePrincipals;
  const managed = { servicePrincipalType: "ManagedIdentity" as const };
  identity = identities.put(
    principalOf(randomUUID(), "i", {
      ...managed,
      properties: { alternativeNames: ["isExplicit=True", resourceId] },
    }),
  );
  foreign = identities.put(principalOf(randomUUID(), "foreign", managed));
  new IdentityHosts(fixture.tenant.store).assign(header, [identity.id, fixture.principal.id]);
});

async function token(query: Record<string, string>, identityHeader: string | undefined = header) {
  const parameters = new URLSearchParams({
    "api-version": "2019-08-01",
    resource: "https://vault.azure.net",
    ...query,
  });
  const response = await createManagedIdentityApp(fixture.tenant).request(`/token?${parameters}`, {
    headers: { "x-identity-header": identityHeader },
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

test("an assigned identity gets a token for the resource as it was asked for", async () => {
  const before = Math.floor(Date.now() / 1000);
  const { body } = await token({ client_id: identity.appId });
  expect(body).toMatchObject({
    resource: "https://vault.azure.net",
    token_type: "Bearer",
    client_id: identity.appId,
  });
  expect(Number(body.expires_on)).toBeGreaterThanOrEqual(before + 86_400);
  expect(decodeJwt(String(body.access_token))).toMatchObject({
    oid: identity.id,
    aud: "https://vault.azure.net",
  });
});

test("the token for a federated credential carries the tenant's v2.0 issuer", async () => {
  const { body } = await token({ client_id: identity.appId, resource: "api://AzureADTokenExchange" });
  expect(decodeJwt(String(body.access_token))).toMatchObject({
    iss: `https://127.0.0.1:8443/login/${fixture.tenant.settings.tenantId}/v2.0`,
    sub: identity.id,
    aud: "api://AzureADTokenExchange",
    azp: identity.appId,
    ver: "2.0",
  });
});

test("a storage token carries the v1 issuer", async () => {
  const { body } = await token({
    client_id: identity.appId,
    resource: "https://account.blob.core.windows.net",
  });
  expect(decodeJwt(String(body.access_token)).iss).toBe(
    `https://sts.windows.net/${fixture.tenant.settings.tenantId}/`,
  );
});

test("an identity is found by resource id and by principal id too", async () => {
  expect((await token({ mi_res_id: resourceId.toUpperCase() })).status).toBe(200);
  expect((await token({ principal_id: identity.id })).status).toBe(200);
});

test.each([
  ["without the header", {}, "", 401],
  ["with a wrong header", {}, "another-identity-header", 401],
  ["with another api-version", { "api-version": "2018-02-01" }, header, 400],
  ["for an empty resource", { resource: "" }, header, 400],
  ["for an unknown resource", { resource: "https://api.example" }, header, 400],
  ["for no identity, where none is system-assigned", {}, header, 400],
])("a request %s is refused", async (_name, query, identityHeader, status) => {
  const asked = "resource" in query ? { ...query, client_id: identity.appId } : query;
  expect((await token(asked as Record<string, string>, identityHeader)).status).toBe(status);
});

test("an identity of another host, and an app that is none, are refused", async () => {
  expect((await token({ client_id: foreign.appId })).status).toBe(400);
  expect((await token({ client_id: fixture.application.appId })).status).toBe(400);
});
