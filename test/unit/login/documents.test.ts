import { beforeEach, expect, test } from "vitest";
import { createMetadataApp } from "../../../infra/local/tenant/login/metadata";
import { type LoginFixture, loginFixture } from "./fixtures";

let fixture: LoginFixture;
beforeEach(() => {
  fixture = loginFixture();
});

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fixture.login.request(path, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("the OpenID configuration is the tenant's by id and by domain, in any case of the path", async () => {
  const { tenantId } = fixture.tenant.settings;
  const base = `https://127.0.0.1:8443/login/${tenantId}`;
  for (const path of [
    `/${tenantId}/v2.0/.well-known/openid-configuration`,
    "/Contoso.Example/V2.0/.Well-Known/OpenID-Configuration",
  ]) {
    expect((await get(path)).body).toMatchObject({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
  }
});

test("a client that came by Microsoft's host name is answered with that host", async () => {
  const path = `/${fixture.tenant.settings.tenantId}/v2.0/.well-known/openid-configuration`;
  const { body } = await get(path, { "x-service-root": "https://login.microsoftonline.com" });
  expect(body.token_endpoint).toMatch(/^https:\/\/login\.microsoftonline\.com\/6f2c1d5e/);
  expect(body.issuer).toMatch(/^https:\/\/login\.microsoftonline\.com\/6f2c1d5e/);
});

test("the common configuration leaves the tenant open", async () => {
  expect((await get("/common/v2.0/.well-known/openid-configuration")).body.issuer).toContain("{tenantid}");
});

test("an unknown tenant has no documents, and common has no tokens", async () => {
  const unknown = await get("/fabrikam.example/v2.0/.well-known/openid-configuration");
  expect(unknown).toMatchObject({ status: 400, body: { error: "invalid_tenant", error_codes: [90002] } });
  expect(String(unknown.body.error_description)).toContain(
    "AADSTS90002: Tenant 'fabrikam.example' not found.",
  );
  const response = await fixture.login.request("/common/oauth2/v2.0/token", { method: "POST", body: "" });
  expect(await response.json()).toMatchObject({ error_codes: [90130] });
});

test("instance discovery leads to the tenant's own configuration", async () => {
  const { body } = await get("/common/discovery/instance?api-version=1.1");
  expect(body.tenant_discovery_endpoint).toBe(
    "https://127.0.0.1:8443/login/common/v2.0/.well-known/openid-configuration",
  );
});

test("the metadata has what infrastructure providers need", async () => {
  const metadata = createMetadataApp(fixture.tenant);
  const response = await metadata.request("/endpoints?api-version=2022-09-01");
  expect(response.headers.get("content-type")).toContain("application/json");
  expect(await response.json()).toMatchObject({
    name: "AzureCloud",
    resourceManager: "https://127.0.0.1:8443/arm",
    microsoftGraphResourceId: "https://127.0.0.1:8443/graph",
    authentication: {
      loginEndpoint: "https://127.0.0.1:8443/login",
      audiences: ["https://management.core.windows.net/", "https://management.azure.com/"],
    },
    suffixes: { keyVaultDns: "vault.azure.net" },
  });
});

test("metadata read by Microsoft's host names Microsoft's hosts, so that a client behind the proxy stays there", async () => {
  const metadata = createMetadataApp(fixture.tenant);
  const response = await metadata.request("/endpoints?api-version=2022-09-01", {
    headers: { "x-service-root": "https://management.azure.com" },
  });
  expect(await response.json()).toMatchObject({
    resourceManager: "https://management.azure.com/",
    microsoftGraphResourceId: "https://graph.microsoft.com/",
    authentication: { loginEndpoint: "https://login.microsoftonline.com" },
  });
});
