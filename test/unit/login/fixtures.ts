import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { decodeJwt, SignJWT } from "jose";
import {
  createTestTenant,
  type TestTenant,
  type TestTenantOptions,
} from "../../../infra/local/tenant/core/testing";
import type {
  Application,
  AppRole,
  KeyCredential,
  PasswordCredential,
  ServicePrincipal,
} from "../../../infra/local/tenant/directory/model";
import { type Directory, openDirectory } from "../../../infra/local/tenant/directory/open";
import { createLoginApp } from "../../../infra/local/tenant/login";

export const now = new Date("2026-03-01T12:00:00Z");
export const graphAppId = "00000003-0000-0000-c000-000000000000";
export const userReadAll: AppRole = {
  id: "df021288-bdef-4463-88db-98f22de89214",
  value: "User.Read.All",
  displayName: "Read all users' full profiles",
  description: "",
  isEnabled: true,
  allowedMemberTypes: ["Application"],
};

/** A tenant with Microsoft Graph, one application and its principal, and the login service on it. */
export interface LoginFixture {
  readonly tenant: TestTenant;
  readonly directory: Directory;
  readonly login: Hono;
  readonly graph: ServicePrincipal;
  readonly application: Application;
  readonly principal: ServicePrincipal;
}

export function loginFixture(options: TestTenantOptions = {}): LoginFixture {
  const tenant = createTestTenant({ now, ...options });
  const directory = openDirectory(tenant.store);
  const graph = directory.servicePrincipals.put(
    principalOf(graphAppId, "Microsoft Graph", { appRoles: [userReadAll] }),
  );
  const application = directory.applications.put({
    id: randomUUID(),
    appId: randomUUID(),
    displayName: "Connector",
    passwordCredentials: [],
    keyCredentials: [],
    owners: [],
    properties: {},
  });
  const principal = directory.servicePrincipals.put(principalOf(application.appId, "Connector"));
  return { tenant, directory, login: createLoginApp(tenant), graph, application, principal };
}

export function principalOf(
  appId: string,
  displayName: string,
  more: Partial<ServicePrincipal> = {},
): ServicePrincipal {
  return {
    id: randomUUID(),
    appId,
    displayName,
    servicePrincipalType: "Application",
    accountEnabled: true,
    owners: [],
    appRoles: [],
    properties: {},
    ...more,
  };
}

export function passwordOf(secret: string, more: Partial<PasswordCredential> = {}): PasswordCredential {
  return {
    keyId: randomUUID(),
    displayName: null,
    hint: secret.slice(0, 3),
    startDateTime: "2026-01-01T00:00:00Z",
    endDateTime: "2026-07-01T00:00:00Z",
    secretHash: createHash("sha256").update(secret).digest("hex"),
    addedAt: 0,
    ...more,
  };
}

/** Replaces the application's credentials. */
export function giveCredentials(
  fixture: LoginFixture,
  credentials: Partial<Pick<Application, "passwordCredentials" | "keyCredentials">>,
): void {
  fixture.directory.applications.put({ ...fixture.application, ...credentials });
}

export interface TokenReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Posts a token request; fields given replace those of a good client credentials request for Graph. */
export async function requestToken(
  fixture: LoginFixture,
  fields: Readonly<Record<string, string | undefined>>,
  path = `/${fixture.tenant.settings.tenantId}/oauth2/v2.0/token`,
): Promise<TokenReply> {
  const form = new URLSearchParams();
  const all = {
    grant_type: "client_credentials",
    client_id: fixture.application.appId,
    scope: "https://graph.microsoft.com/.default",
    ...fields,
  };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) form.set(name, value);
  const response = await fixture.login.request(path, { method: "POST", body: form });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export function claimsOf(reply: TokenReply): Record<string, unknown> {
  return decodeJwt(String(reply.body.access_token));
}

export function keyCredentialOf(der: Buffer, more: Partial<KeyCredential> = {}): KeyCredential {
  return {
    keyId: randomUUID(),
    displayName: null,
    type: "AsymmetricX509Cert",
    usage: "Verify",
    certificate: der.toString("base64"),
    key: der.toString("base64"),
    customKeyIdentifier: createHash("sha1").update(der).digest("base64"),
    thumbprintSha256: createHash("sha256").update(der).digest("base64url"),
    startDateTime: "2026-01-01T00:00:00Z",
    endDateTime: "2026-07-01T00:00:00Z",
    addedAt: 0,
    ...more,
  };
}

/** What an assertion says; the rest is that of a good one. */
export interface AssertionParts {
  readonly algorithm?: "PS256" | "RS256";
  readonly header?: Readonly<Record<string, string>>;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A client assertion as client libraries sign it. */
export function signAssertion(fixture: LoginFixture, key: KeyObject, parts: AssertionParts): Promise<string> {
  const seconds = Math.floor(fixture.tenant.clock.now() / 1000);
  const { origin, tenantId } = fixture.tenant.settings;
  return new SignJWT({
    iss: fixture.application.appId,
    sub: fixture.application.appId,
    aud: `${origin}/login/${tenantId}/oauth2/v2.0/token`,
    nbf: seconds,
    exp: seconds + 600,
    jti: randomUUID(),
    ...parts.claims,
  })
    .setProtectedHeader({ alg: parts.algorithm ?? "PS256", typ: "JWT", ...parts.header })
    .sign(key);
}

export function newKey(): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
}

export const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
