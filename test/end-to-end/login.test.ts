/** Microsoft's own client library signs in at the local tenant, in a process of its own, over TLS. */
import "reflect-metadata";
import { execFile } from "node:child_process";
import { createHash, randomUUID, webcrypto } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as x509 from "@peculiar/x509";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noDelays } from "../../infra/local/tenant/core/replication";
import type { KeyCredential } from "../../infra/local/tenant/directory/model";
import { openDirectory } from "../../infra/local/tenant/directory/open";
import { IdentityHosts } from "../../infra/local/tenant/login/managed-identity";
import { type RunningTenant, runTenant } from "../../infra/local/tenant/tenant";
import type { SignIn, SignInResult } from "./login/client";

const directory = mkdtempSync(join(tmpdir(), "login-"));
const identityHeader = randomUUID();
const clientId = randomUUID();
const identity = { id: randomUUID(), appId: randomUUID() };
const secret = "a-secret-of-this-test";
let running: RunningTenant;
let certificate: string;

beforeAll(async () => {
  running = await runTenant({ directory, port: 0, delays: noDelays, seed: { users: 5, groups: 2, seed: 1 } });
  const made = await makeCertificate();
  certificate = made.pem;
  register(made.credential);
});
afterAll(async () => {
  await running.stop();
  rmSync(directory, { recursive: true });
});

/** An application with a secret, a certificate and a federated credential for a managed identity. */
function register(keyCredential: KeyCredential): void {
  const { applications, federatedIdentityCredentials, servicePrincipals } = openDirectory(
    running.tenant.store,
  );
  const long = { startDateTime: "2020-01-01T00:00:00Z", endDateTime: "2100-01-01T00:00:00Z", addedAt: 0 };
  const secretHash = createHash("sha256").update(secret).digest("hex");
  const application = applications.put({
    id: randomUUID(),
    appId: clientId,
    displayName: "Connector",
    passwordCredentials: [{ keyId: randomUUID(), displayName: null, hint: "a-s", secretHash, ...long }],
    keyCredentials: [keyCredential],
    owners: [],
    properties: {},
  });
  const principal = { accountEnabled: true, owners: [], appRoles: [], properties: {} };
  servicePrincipals.put({
    ...principal,
    id: randomUUID(),
    appId: clientId,
    displayName: "Connector",
    servicePrincipalType: "Application",
  });
  servicePrincipals.put({
    ...principal,
    ...identity,
    displayName: "identity",
    servicePrincipalType: "ManagedIdentity",
  });
  new IdentityHosts(running.tenant.store).assign(identityHeader, [identity.id]);
  federatedIdentityCredentials.put({
    id: randomUUID(),
    applicationId: application.id,
    name: "collector",
    issuer: `${running.endpoint.origin}/login/${running.endpoint.tenantId}/v2.0`,
    subject: identity.id,
    audiences: ["api://AzureADTokenExchange"],
    description: null,
  });
}

async function makeCertificate(): Promise<{ pem: string; credential: KeyCredential }> {
  x509.cryptoProvider.set(webcrypto);
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=c",
    keys,
    signingAlgorithm: algorithm,
  });
  const der = Buffer.from(made.rawData);
  const privateKey = x509.PemConverter.encode(
    await webcrypto.subtle.exportKey("pkcs8", keys.privateKey),
    "PRIVATE KEY",
  );
  const credential: KeyCredential = {
    keyId: randomUUID(),
    displayName: null,
    type: "AsymmetricX509Cert",
    usage: "Verify",
    certificate: der.toString("base64"),
    key: "",
    customKeyIdentifier: createHash("sha1").update(der).digest("base64"),
    thumbprintSha256: createHash("sha256").update(der).digest("base64url"),
    startDateTime: "2020-01-01T00:00:00Z",
    endDateTime: "2100-01-01T00:00:00Z",
    addedAt: 0,
  };
  return { pem: `${made.toString("pem")}\n${privateKey}`, credential };
}

async function signIn(
  options: Partial<SignIn>,
  environment: Record<string, string> = {},
): Promise<SignInResult> {
  const { caFile, origin, tenantId } = running.endpoint;
  const request: SignIn = {
    kind: "secret",
    authorityHost: `${origin}/login`,
    tenantId,
    clientId,
    secret,
    scope: "https://graph.microsoft.com/.default",
    ...options,
  };
  const client = resolve(__dirname, "login", "client.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", client, JSON.stringify(request)],
    { env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_EXTRA_CA_CERTS: caFile, ...environment } },
  );
  return JSON.parse(stdout) as SignInResult;
}

async function callerOf(result: SignInResult, api: "graph" | "key-vault" = "graph") {
  expect(result.error).toBeUndefined();
  return running.tenant.tokens.verify(`Bearer ${result.token}`, api);
}

const identityEnvironment = () => ({
  IDENTITY_ENDPOINT: `${running.endpoint.origin}/msi/token`,
  IDENTITY_HEADER: identityHeader,
});

describe("@azure/identity signs in", () => {
  test("with a client secret", async () => {
    expect(await callerOf(await signIn({}))).toMatchObject({ clientId });
  });

  test("with a tenant named by its domain", async () => {
    expect(await callerOf(await signIn({ tenantId: "contoso.example" }))).toMatchObject({ clientId });
  });

  test("with a certificate", async () => {
    expect(await callerOf(await signIn({ kind: "certificate", certificate }))).toMatchObject({ clientId });
  });

  test("as a managed identity", async () => {
    const scope = "https://vault.azure.net/.default";
    const result = await signIn({ kind: "identity", identity: identity.appId, scope }, identityEnvironment());
    expect(await callerOf(result, "key-vault")).toMatchObject({ objectId: identity.id });
  });

  test("as the application, by a managed identity's federated credential", async () => {
    const result = await signIn({ kind: "assertion", identity: identity.appId }, identityEnvironment());
    expect(await callerOf(result)).toMatchObject({ clientId });
  });

  test("at Microsoft's own host name, through the proxy", async () => {
    const authorityHost = "https://login.microsoftonline.com";
    const result = await signIn({ authorityHost }, { HTTPS_PROXY: running.endpoint.proxy });
    expect(await callerOf(result)).toMatchObject({ clientId });
    expect(decodeJwt(result.token ?? "")).toMatchObject({ tid: running.endpoint.tenantId });
  });
});

describe("@azure/identity reports", () => {
  test("a wrong secret with Microsoft's number", async () => {
    expect((await signIn({ secret: "wrong" })).error).toContain("AADSTS7000215");
  });

  test("an unknown application and an unknown tenant", async () => {
    expect((await signIn({ clientId: randomUUID() })).error).toContain("AADSTS700016");
    expect((await signIn({ tenantId: randomUUID() })).error).toMatch(
      /AADSTS90002|not found|endpoints_resolution/,
    );
  });

  test("a certificate authority that it was not told to trust", async () => {
    expect((await signIn({}, { NODE_EXTRA_CA_CERTS: "" })).error).toContain("endpoints_resolution_error");
  });
});
