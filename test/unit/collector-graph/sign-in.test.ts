import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signInFailure } from "../../../components/collector/function/sign-in/failure";
import { vaultAssertion } from "../../../components/collector/function/sign-in/vault-assertion";
import { vaultAudience } from "../../../components/collector/function/sign-in/vault-request";

const asked = vi.hoisted(() => ({ scopes: [] as string[] }));
vi.mock("@azure/identity", () => ({
  ManagedIdentityCredential: class {
    async getToken(scope: string) {
      asked.scopes.push(scope);
      return { token: "vault-token", expiresOnTimestamp: Date.now() + 3_600_000 };
    }
  },
}));

const certificate = Buffer.from("the certificate in DER");
const now = Date.parse("2026-05-01T12:00:00Z");

describe("an assertion that the vault signs", () => {
  let server: Server;
  let vaultUri: string;
  let requests: { path: string; token: string | undefined; body: string }[];
  let failures: number;
  let foreignKey: boolean;

  beforeEach(async () => {
    requests = [];
    failures = 0;
    foreignKey = false;
    server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const path = request.url ?? "";
      requests.push({ path, token: request.headers.authorization, body: Buffer.concat(parts).toString() });
      if (failures > 0) {
        failures--;
        response.writeHead(429, { "retry-after": "0" }).end("{}");
      } else if (path.startsWith("/certificates/")) {
        const host = foreignKey ? "https://other.vault.azure.net" : vaultUri;
        const found = { kid: `${host}/keys/collector/v1`, cer: certificate.toString("base64") };
        response.end(JSON.stringify(found));
      } else response.end(JSON.stringify({ kid: "x", value: "c2lnbmF0dXJl" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    vaultUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const assertion = () =>
    vaultAssertion(
      {
        vaultUri: `${vaultUri}/`,
        certificateName: "collector",
        login: "https://login.example",
        tenantId: "tenant",
        clientId: "client",
      },
      "identity",
      () => now,
    );

  it("names the certificate by its SHA-256 and counts with clocks that are ten minutes wrong", async () => {
    const [header, claims, signature] = (await assertion()).split(".");
    const decoded = (part: string | undefined) => JSON.parse(Buffer.from(part ?? "", "base64url").toString());
    expect(decoded(header)).toEqual({
      alg: "PS256",
      typ: "JWT",
      "x5t#S256": createHash("sha256").update(certificate).digest("base64url"),
    });
    expect(decoded(claims)).toMatchObject({
      aud: "https://login.example/tenant/oauth2/v2.0/token",
      iss: "client",
      sub: "client",
    });
    expect(decoded(claims).nbf).toBeLessThanOrEqual(now / 1000 - 600);
    expect(decoded(claims).exp).toBeGreaterThanOrEqual(now / 1000 + 600);
    expect(signature).toBe("c2lnbmF0dXJl");
    expect(asked.scopes).toContain("https://vault.azure.net/.default");
  });

  it("has the digest signed by the certificate's own version of the key", async () => {
    const [header, claims] = (await assertion()).split(".");
    const sign = requests[1]!;
    expect(sign.path).toMatch(/^\/keys\/collector\/v1\/sign\?api-version=/);
    expect(sign.token).toBe("Bearer vault-token");
    expect(JSON.parse(sign.body)).toEqual({
      alg: "PS256",
      value: createHash("sha256").update(`${header}.${claims}`).digest("base64url"),
    });
  });

  it("tries again while the vault is busy", async () => {
    failures = 2;
    await assertion();
    expect(requests).toHaveLength(4);
  });

  it("sends nothing to another vault", async () => {
    foreignKey = true;
    await expect(assertion()).rejects.toThrow("a key of another vault");
    expect(requests).toHaveLength(1);
  });
});

describe("the audience of a vault's token", () => {
  it.each([
    ["https://kv.vault.azure.net/", "https://vault.azure.net"],
    ["https://kv.vault.usgovcloudapi.net/", "https://vault.usgovcloudapi.net"],
    ["https://kv.vault.azure.cn", "https://vault.azure.cn"],
    ["https://127.0.0.1:4711/", "https://vault.azure.net"],
    ["https://vault.azure.net.evil.example/", "https://vault.azure.net"],
  ])("%s", (uri, audience) => {
    expect(vaultAudience(uri)).toBe(audience);
  });
});

describe("a failed sign-in", () => {
  it("keeps code and trace id apart from the words", () => {
    const failure = signInFailure(
      new Error(
        "AADSTS700027: The certificate is not registered. Trace ID: 0a1b2c3d-0000-4000-8000-000000000000 Correlation ID: x",
      ),
    );
    expect(failure).toMatchObject({
      kind: "sign-in",
      details: { code: "AADSTS700027", requestId: "0a1b2c3d-0000-4000-8000-000000000000" },
    });
    expect(failure.message).toContain("Run `up`");
    expect(failure.message).not.toContain("Trace ID");
  });

  it.each([
    [Object.assign(new Error("Too many requests"), { statusCode: 429 }), "service"],
    [Object.assign(new Error("Bad gateway"), { statusCode: 502 }), "service"],
    [new Error("AADSTS90033: A transient error has occurred."), "service"],
    [new Error("getaddrinfo EAI_AGAIN login.example"), "service"],
    [new Error("AADSTS99999: Something new."), "sign-in"],
    [new Error("The function app's managed identity gave no token"), "sign-in"],
  ])("%s is %s", (error, kind) => {
    expect(signInFailure(error).kind).toBe(kind);
  });
});
