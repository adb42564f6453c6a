/** A vault made by way of Resource Manager and used by Microsoft's own client, over HTTPS, by what roles allow. */
import { createHash, randomUUID, verify, X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientSecretCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { Agent, fetch } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isDataActionAllowed } from "../../infra/local/tenant/arm/access";
import { type RunningTenant, runTenant } from "../../infra/local/tenant/tenant";

const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const cryptoUser = "12338af0-0e69-4776-bea7-57ae8d297424";
const value = `issued-${randomUUID()}`;
const directory = mkdtempSync(join(tmpdir(), "key-vault-"));
const seed = { users: 5, groups: 1, seed: 1 };

let running: RunningTenant;
let ca: string;
let agent: Agent;
let vaultPath: string;
let vaultUri: string;

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  readonly body: any;
}

function credential(): ClientSecretCredential {
  const { origin, tenantId, deployer } = running.endpoint;
  const secret = readFileSync(join(directory, "deployer-secret"), "utf8").trim();
  return new ClientSecretCredential(tenantId, deployer.clientId, secret, {
    authorityHost: `${origin}/login`,
    disableInstanceDiscovery: true,
    tlsOptions: { ca },
  });
}

async function request(method: string, url: string, scope: string, body?: unknown): Promise<Reply> {
  const token = await credential().getToken(scope);
  const response = await fetch(url, {
    method,
    dispatcher: agent,
    headers: { authorization: `Bearer ${token.token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers as unknown as Headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

function arm(method: string, path: string, apiVersion: string, body?: unknown): Promise<Reply> {
  const root = `${running.endpoint.origin}/arm`;
  return request(method, `${root}${path}?api-version=${apiVersion}`, `${root}/.default`, body);
}

function vault(method: string, path: string, body?: unknown): Promise<Reply> {
  return request(method, `${vaultUri}${path}?api-version=7.4`, "https://vault.azure.net/.default", body);
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("What was waited for did not come within ten seconds.");
}

/** Gives the deployer a role, and waits until it counts. */
async function assign(scope: string, roleId: string, counts: () => Promise<boolean>): Promise<void> {
  const { subscriptionId, deployer } = running.endpoint;
  const roleDefinitionId = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
  const properties = { roleDefinitionId, principalId: deployer.objectId, principalType: "ServicePrincipal" };
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  expect((await arm("PUT", path, "2022-04-01", { properties })).status).toBe(201);
  await until(counts);
}

function client(): SecretClient {
  return new SecretClient(vaultUri, credential(), {
    disableChallengeResourceVerification: true,
    tlsOptions: { ca },
  });
}

async function start(): Promise<void> {
  running = await runTenant({ directory, port: 0, seed });
  ca = readFileSync(running.endpoint.caFile, "utf8");
  agent = new Agent({ connect: { ca } });
}

beforeAll(async () => {
  await start();
  const { subscriptionId, tenantId } = running.endpoint;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
  vaultPath = `${group}/providers/Microsoft.KeyVault/vaults/kv-end-to-end`;
  expect((await arm("PUT", group, "2024-03-01", { location: "westeurope" })).status).toBe(201);
  const sku = { family: "A", name: "standard" };
  const properties = { tenantId, sku, accessPolicies: [], enableRbacAuthorization: true };
  expect((await arm("PUT", vaultPath, "2024-11-01", { location: "westeurope", properties })).status).toBe(
    200,
  );
  await until(
    async () => (await arm("GET", vaultPath, "2024-11-01")).body.properties.provisioningState === "Succeeded",
  );
  vaultUri = (await arm("GET", vaultPath, "2024-11-01")).body.properties.vaultUri;
});
afterAll(async () => {
  await running?.stop();
  await agent?.close();
  rmSync(directory, { recursive: true, force: true });
});

test("a request without a token is told where to get one", async () => {
  const response = await fetch(`${vaultUri}secrets/one/?api%2Dversion=7.4`, { dispatcher: agent });
  expect(response.status).toBe(401);
  const { origin, tenantId } = running.endpoint;
  expect(response.headers.get("www-authenticate")).toBe(
    `Bearer authorization="${origin}/${tenantId}", resource="https://vault.azure.net"`,
  );
});

test("the Azure client sets, reads, lists, disables, deletes, recovers and purges secrets", async () => {
  const secrets = client();
  const expiresOn = new Date("2031-01-01T00:00:00Z");
  const first = await secrets.setSecret("one", "first", {
    contentType: "text/plain",
    tags: { slot: "0" },
    expiresOn,
  });
  const second = await secrets.setSecret("one", value);
  expect((await secrets.getSecret("one")).value).toBe(value);
  const old = await secrets.getSecret("one", { version: first.properties.version ?? "" });
  expect(old).toMatchObject({
    value: "first",
    properties: { contentType: "text/plain", tags: { slot: "0" }, expiresOn },
  });
  const versions: unknown[] = [];
  for await (const { version } of secrets.listPropertiesOfSecretVersions("one")) versions.push(version);
  expect(versions.sort()).toEqual([first.properties.version, second.properties.version].sort());
  await secrets.updateSecretProperties("one", second.properties.version ?? "", { enabled: false });
  await expect(secrets.getSecret("one")).rejects.toMatchObject({ statusCode: 403 });
  await (await secrets.beginDeleteSecret("one", { intervalInMs: 100 })).pollUntilDone();
  await expect(secrets.getSecret("one")).rejects.toMatchObject({ statusCode: 404, code: "SecretNotFound" });
  await expect(secrets.setSecret("one", "again")).rejects.toMatchObject({ statusCode: 409 });
  await (await secrets.beginRecoverDeletedSecret("one", { intervalInMs: 100 })).pollUntilDone();
  expect((await secrets.getSecret("one", { version: first.properties.version ?? "" })).value).toBe("first");
  await (await secrets.beginDeleteSecret("one", { intervalInMs: 100 })).pollUntilDone();
  await expect(secrets.purgeDeletedSecret("one")).resolves.toBeUndefined();
  await expect(secrets.setSecret("one", value)).resolves.toMatchObject({ value });
});

test("what Resource Manager writes, the data plane reads", async () => {
  const path = `${vaultPath}/secrets/by-arm`;
  expect((await arm("PUT", path, "2024-11-01", { properties: { value } })).status).toBe(201);
  expect((await client().getSecret("by-arm")).value).toBe(value);
});

test("a certificate is made, and its key signs only for who may sign", async () => {
  const policy = {
    issuer: { name: "Self" },
    key_props: { kty: "RSA", key_size: 2048, exportable: false, reuse_key: false },
    secret_props: { contentType: "application/x-pkcs12" },
    x509_props: { subject: "CN=Contoso", validity_months: 6 },
  };
  const made = await vault("POST", "certificates/signing/create", { policy });
  expect(made).toMatchObject({ status: 202, body: { status: "inProgress" } });
  await until(async () => (await vault("GET", "certificates/signing/pending")).body.status === "completed");
  const { body } = await vault("GET", "certificates/signing");
  const certificate = new X509Certificate(Buffer.from(body.cer, "base64"));
  expect(certificate.subject).toBe("CN=Contoso");
  expect(certificate.verify(certificate.publicKey)).toBe(true);

  const message = Buffer.from("client assertion");
  const digest = createHash("sha256").update(message).digest();
  const sign = () =>
    vault("POST", `${body.kid.slice(vaultUri.length)}/sign`, {
      alg: "RS256",
      value: digest.toString("base64url"),
    });
  expect(await sign()).toMatchObject({
    status: 403,
    body: { error: { innererror: { code: "ForbiddenByRbac" } } },
  });
  await assign(vaultPath, cryptoUser, async () => (await sign()).status === 200);
  const signature = Buffer.from((await sign()).body.value, "base64url");
  expect(verify("sha256", message, certificate.publicKey, signature)).toBe(true);
});

test("a role on one secret opens that secret and no other", async () => {
  const { tenant } = running;
  const scope = `${vaultPath}/secrets/by-arm`;
  const group = vaultPath.slice(0, vaultPath.indexOf("/providers"));
  const identity = await arm(
    "PUT",
    `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/reader`,
    "2023-01-31",
    { location: "westeurope" },
  );
  const oid = identity.body.properties.principalId;
  const read = "Microsoft.KeyVault/vaults/secrets/getSecret/action";
  const may = (path: string) => isDataActionAllowed(tenant, oid, path, read);
  expect(may(scope)).toBe(false);
  const roleDefinitionId = `/subscriptions/${running.endpoint.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`;
  const properties = { roleDefinitionId, principalId: oid, principalType: "ServicePrincipal" };
  await arm(
    "PUT",
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`,
    "2022-04-01",
    { properties },
  );
  await until(async () => may(scope));
  expect(may(`${vaultPath}/secrets/by-arm-too`)).toBe(false);
  expect(may(vaultPath)).toBe(false);
  expect(isDataActionAllowed(tenant, oid, scope, "Microsoft.KeyVault/vaults/secrets/setSecret/action")).toBe(
    false,
  );
});

test("a restart keeps vault, address and values; no file holds a value", async () => {
  await running.stop();
  await agent.close();
  for (const file of readdirSync(directory, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  )) {
    expect(readFileSync(join(file.parentPath, file.name), "latin1"), file.name).not.toContain(value);
  }
  await start();
  expect((await arm("GET", vaultPath, "2024-11-01")).body.properties.vaultUri).toBe(vaultUri);
  expect((await client().getSecret("by-arm")).value).toBe(value);
});
