import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { X509CertificateGenerator } from "@peculiar/x509";
import { beforeAll, describe, expect, test } from "vitest";
import type { CredentialSettings } from "../../../components/permissions/settings";
import { parse, problemsOf, tenantId } from "./parse";

const custom = { profile: "custom", name: "Payroll", capabilities: ["users.read"] };
const secure = { profile: "netwrix-1secure-entra-id", name: "1Secure" };

interface Made {
  readonly pem: string;
  readonly der: Uint8Array;
  readonly privateKeyPem: string;
  readonly thumbprint: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

async function make(notBefore: string, notAfter: string): Promise<Made> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: "CN=1Secure",
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date(notBefore),
      notAfter: new Date(notAfter),
    },
    webcrypto,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    pem: certificate.toString("pem"),
    der: new Uint8Array(certificate.rawData),
    privateKeyPem: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    thumbprint: Buffer.from(await certificate.getThumbprint("SHA-256", webcrypto))
      .toString("hex")
      .toUpperCase(),
  };
}

const reader = (content: Uint8Array | string) => ({ fileReader: () => Buffer.from(content) });
const entry = { ...secure, credentials: [{ kind: "vendorCertificate", file: "vendor.cer" }] };
const raw = { tenantId, connectors: [entry] };

function parsed(
  content: Uint8Array | string,
  connectors: readonly object[] = [entry],
): readonly CredentialSettings[] {
  return (
    parse({ tenantId, connectors }, { ...reader(content), unacknowledged: "warn" }).connectors[0]
      ?.credentials ?? []
  );
}

function problem(content: Uint8Array | string): string {
  const [first] = problemsOf(raw, reader(content));
  return `${first?.path} ${first?.message}`;
}

describe("a vendor's certificate", () => {
  let current: Made;
  let expired: Made;
  beforeAll(async () => {
    current = await make("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    expired = await make("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z");
  });

  test("is read as PEM and as DER alike", () => {
    const expected = {
      kind: "vendorCertificate",
      file: "vendor.cer",
      thumbprint: current.thumbprint,
      notBefore: "2026-01-01T00:00:00.000Z",
      notAfter: "2027-01-01T00:00:00.000Z",
      certificatePem: expect.stringContaining("BEGIN CERTIFICATE"),
    };
    expect(parsed(current.pem)).toEqual([expected]);
    expect(parsed(current.der)).toEqual([expected]);
  });

  test("may overlap with its successor, but a third is one too many", () => {
    const file = { kind: "vendorCertificate", file: "vendor.cer" };
    expect(parsed(current.pem, [{ ...secure, credentials: [file, file] }])).toHaveLength(2);
    const three = { tenantId, connectors: [{ ...secure, credentials: [file, file, file] }] };
    expect(problemsOf(three, reader(current.pem))).toMatchObject([
      { message: "3 of kind vendorCertificate: at most 2." },
    ]);
  });

  test("with its private key is refused, and the key is not repeated", () => {
    for (const content of [current.privateKeyPem, current.pem + current.privateKeyPem]) {
      expect(problem(content)).toBe("connectors[0].credentials[0].file the file holds a private key.");
      expect(JSON.stringify(problemsOf(raw, reader(content)))).not.toContain(
        current.privateKeyPem.split("\n")[1],
      );
    }
  });

  test("expired, several, none, missing", () => {
    expect(problem(expired.pem)).toBe(
      "connectors[0].credentials[0].file the certificate expired on 2025-01-01.",
    );
    expect(problem(`${current.pem}\n${current.pem}`)).toMatch(/holds several certificates/);
    expect(problem("not a certificate")).toMatch(/is no certificate/);
    expect(problemsOf(raw)).toMatchObject([{ message: 'the file "vendor.cer" can\'t be read.' }]);
  });

  test("needs a file", () => {
    expect(
      problemsOf({ tenantId, connectors: [{ ...secure, credentials: ["vendorCertificate"] }] }),
    ).toMatchObject([{ path: "connectors[0].credentials[0].file", message: "is missing." }]);
  });

  test("of two years needs an acknowledgement", async () => {
    const { pem } = await make("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    expect(problem(pem)).toBe(
      "connectors[0].credentials[0].file lifetime 730 days is above the limit of 365.",
    );
  });
});

describe("other kinds", () => {
  const credentialsOf = (credentials: unknown, cloud = "global") =>
    parse({ tenantId, cloud, connectors: [{ ...custom, credentials }] }).connectors[0]?.credentials;

  test("certificate", () => {
    expect(credentialsOf(["certificate"])).toMatchObject([
      { kind: "certificate", lifetimeDays: 365, overlapDays: 30 },
    ]);
  });

  test("federated: the cloud's audience, and the collector unless issuer and subject are named", () => {
    expect(credentialsOf("federated")).toEqual([
      { kind: "federated", audience: "api://AzureADTokenExchange" },
    ]);
    expect(credentialsOf("federated", "gcchigh")).toEqual([
      { kind: "federated", audience: "api://AzureADTokenExchangeUSGov" },
    ]);
    const named = {
      kind: "federated",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:contoso/payroll:ref:refs/heads/main",
    };
    expect(credentialsOf([named])).toEqual([{ ...named, audience: "api://AzureADTokenExchange" }]);
  });

  test("federated with half an identity, or a plain http issuer", () => {
    const problems = (credential: object) =>
      problemsOf({ tenantId, connectors: [{ ...custom, credentials: [credential] }] }).map(
        ({ path, message }) => `${path} ${message}`,
      );
    expect(problems({ kind: "federated", subject: "x" })).toEqual([
      "connectors[0].credentials[0] issuer and subject belong together.",
    ]);
    expect(problems({ kind: "federated", issuer: "http://issuer.example", subject: "x" })).toEqual([
      "connectors[0].credentials[0].issuer is not an https address.",
    ]);
  });
});

test("custom products: unknown capabilities, writes on read-only, no printed list", () => {
  const problems = (changes: object) =>
    problemsOf({ tenantId, connectors: [{ ...custom, ...changes }] }).map(
      ({ path, message }) => `${path} ${message}`,
    );
  expect(problems({ capabilities: ["user.read"] })).toEqual([
    'connectors[0].capabilities[0] is no capability. Did you mean "users.read"?',
  ]);
  expect(problems({ capabilities: ["users.manage"] })).toEqual([
    "connectors[0].capabilities users.manage needs access: read-write (it is read-only).",
  ]);
  expect(problems({ permissions: "documented" })).toEqual([
    "connectors[0].permissions there is no printed list for custom.",
  ]);
});
