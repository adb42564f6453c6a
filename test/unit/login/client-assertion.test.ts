import "reflect-metadata";
import { KeyObject, randomUUID, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { KeyCredential } from "../../../infra/local/tenant/directory/model";
import {
  type AssertionParts,
  claimsOf,
  giveCredentials,
  jwtBearer,
  keyCredentialOf,
  type LoginFixture,
  loginFixture,
  newKey,
  now,
  requestToken,
  signAssertion,
} from "./fixtures";

const seconds = now.getTime() / 1000;

let certificate: Buffer;
let key: KeyObject;
let credential: KeyCredential;
let fixture: LoginFixture;

beforeAll(async () => {
  x509.cryptoProvider.set(webcrypto);
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=connector",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date("2026-01-01"),
    notAfter: new Date("2026-12-31"),
  });
  certificate = Buffer.from(made.rawData);
  key = KeyObject.from(keys.privateKey);
});

beforeEach(() => {
  fixture = loginFixture();
  credential = keyCredentialOf(certificate);
  giveCredentials(fixture, { keyCredentials: [credential] });
});

const sha256 = () => ({ "x5t#S256": credential.thumbprintSha256 });
const sha1 = () => ({ x5t: credential.customKeyIdentifier });

async function signIn(parts: AssertionParts, signer: KeyObject = key) {
  const assertion = await signAssertion(fixture, signer, { header: sha256(), ...parts });
  return requestToken(fixture, { client_assertion: assertion, client_assertion_type: jwtBearer });
}

describe("a certificate assertion", () => {
  test("is accepted when kid alone names the certificate, in padded base64url", async () => {
    const kid = Buffer.from(String(credential.customKeyIdentifier), "base64").toString("base64url");
    expect((await signIn({ algorithm: "RS256", header: { kid: `${kid}=` } })).status).toBe(200);
    const unknown = await signIn({ algorithm: "RS256", header: { kid: "another" } });
    expect(unknown.body).toMatchObject({ error_codes: [700027] });
  });

  test("is accepted with PS256 and x5t#S256, and with RS256 and x5t", async () => {
    const modern = await signIn({ algorithm: "PS256" });
    expect(claimsOf(modern)).toMatchObject({ oid: fixture.principal.id, appidacr: "2" });
    expect((await signIn({ algorithm: "RS256", header: sha1() })).status).toBe(200);
  });

  test("may name the token endpoint by Microsoft's host, the domain, or the issuer", async () => {
    const { tenantId } = fixture.tenant.settings;
    for (const aud of [
      `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`,
      "https://127.0.0.1:8443/login/contoso.example/oauth2/v2.0/token",
      `https://127.0.0.1:8443/login/${tenantId}/v2.0`,
    ]) {
      expect((await signIn({ claims: { aud } })).status).toBe(200);
    }
  });

  test.each<[string, AssertionParts, number]>([
    ["that expired", { claims: { exp: seconds - 400 } }, 700024],
    ["that is not valid yet", { claims: { nbf: seconds + 400 } }, 700024],
    ["for another audience", { claims: { aud: "https://login.example/token" } }, 700023],
    ["whose subject is another", { claims: { sub: "someone" } }, 700021],
    ["with an unknown thumbprint", { header: { "x5t#S256": "AAAA" } }, 700027],
    ["without a thumbprint", { header: {} }, 700027],
  ])("%s is refused", async (_name, parts, code) => {
    const reply = await signIn(parts);
    expect(reply).toMatchObject({ status: 401, body: { error: "invalid_client", error_codes: [code] } });
  });

  test("signed by another key under a registered thumbprint is refused", async () => {
    expect((await signIn({}, newKey())).body.error_codes).toEqual([700027]);
  });

  test("with a certificate that ended on the tenant's clock is refused", async () => {
    fixture.tenant.clock.advance(150 * 86_400_000);
    const reply = await signIn({});
    expect(reply.body.error_codes).toEqual([700027]);
    expect(reply.body.error_description).toContain("The key used is expired.");
  });

  test("that is no token at all is malformed", async () => {
    const fields = { client_assertion: "abc.def", client_assertion_type: jwtBearer };
    expect((await requestToken(fixture, fields)).body).toMatchObject({
      error: "invalid_request",
      error_codes: [50027],
    });
  });
});

describe("a federated assertion", () => {
  const identity = randomUUID();
  const audience = "api://AzureADTokenExchange";
  const issuer = () => `https://127.0.0.1:8443/login/${fixture.tenant.settings.tenantId}/v2.0`;

  function register(more: Record<string, unknown> = {}): void {
    fixture.directory.federatedIdentityCredentials.put({
      id: randomUUID(),
      applicationId: fixture.application.id,
      name: "collector",
      issuer: issuer(),
      subject: identity,
      audiences: [audience],
      description: null,
      ...more,
    });
  }

  async function exchange(claims: Record<string, unknown> = {}) {
    const assertion = await fixture.tenant.tokens.sign({
      iss: issuer(),
      sub: identity,
      aud: audience,
      nbf: seconds - 300,
      exp: seconds + 3600,
      ...claims,
    });
    return requestToken(fixture, { client_assertion: assertion, client_assertion_type: jwtBearer });
  }

  test("of the tenant's own identity is exchanged for a token of the application", async () => {
    register();
    expect(claimsOf(await exchange())).toMatchObject({
      appid: fixture.application.appId,
      oid: fixture.principal.id,
    });
  });

  test("matches a credential that names Microsoft's host for the same authority", async () => {
    register({ issuer: `https://login.microsoftonline.com/${fixture.tenant.settings.tenantId}/v2.0` });
    expect((await exchange()).status).toBe(200);
  });

  test.each([
    ["without a credential", undefined, {}],
    ["of another subject", {}, { sub: "other" }],
    ["for another audience", {}, { aud: "api://other" }],
    ["whose subject differs in case", { subject: "Subject" }, { sub: "subject" }],
    [
      "of a foreign issuer, even a registered one",
      { issuer: "https://ci.example" },
      { iss: "https://ci.example" },
    ],
  ])("%s finds no credential", async (_name, registered, claims) => {
    if (registered !== undefined) register(registered);
    const reply = await exchange(claims);
    expect(reply).toMatchObject({ status: 400, body: { error: "invalid_request", error_codes: [70021] } });
    expect(reply.body.error_description).toContain("Assertion Subject:");
  });

  test("that expired, or that the tenant did not sign, is refused", async () => {
    register();
    expect((await exchange({ exp: seconds - 400 })).body.error_codes).toEqual([700024]);
    const forged = await signAssertion(fixture, newKey(), {
      algorithm: "RS256",
      claims: { iss: issuer(), sub: identity, aud: audience },
    });
    const reply = await requestToken(fixture, { client_assertion: forged, client_assertion_type: jwtBearer });
    expect(reply.body.error_codes).toEqual([50013]);
  });
});
