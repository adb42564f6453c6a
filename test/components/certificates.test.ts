import { isSecret } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Certificate, type CertificateArgs } from "../../components/credentials/certificate";
import { VendorCertificate } from "../../components/credentials/vendor-certificate";
import { ofType, record } from "./recorder";
import { resolved, schedule, vault } from "./samples";

const KEY = "azuread:index/applicationCertificate:ApplicationCertificate";
const IN_VAULT = "entra-connectors:index:VaultCertificate";
const GENERATED = "entra-connectors:index:GeneratedCertificate";
const args: CertificateArgs = {
  applicationId: "app",
  slug: "sample",
  asOf: "2026-02-01T00:00:00Z",
  ...schedule,
};

async function declare(more: Partial<CertificateArgs> = {}) {
  let made: Certificate | undefined;
  const registrations = await record(() => {
    made = new Certificate("sample-certificate", { ...args, ...more });
  });
  return { registrations, made: made! };
}

describe("a certificate in a vault", () => {
  it("is made there, not exportable, for as many months as cover the slot", async () => {
    const { registrations } = await declare({ vault });
    expect(ofType(registrations, GENERATED)).toEqual([]);
    const [made] = ofType(registrations, IN_VAULT);
    expect(made).toMatchObject({ name: "sample-certificate-slot-0-key", parent: "sample-certificate" });
    expect(made?.inputs).toEqual({
      vaultUri: vault.vaultUri,
      certificateName: "sample-slot-0",
      subject: "CN=sample",
      validityMonths: 6,
      exportable: false,
      generation: "0",
    });
  });

  it.each([
    [365, 12],
    [366, 13],
    [28, 1],
    [90, 4],
    [730, 24],
  ])("of %s days is made for %s months", async (lifetimeDays, months) => {
    const { registrations } = await declare({ vault, lifetimeDays, overlapDays: 5 });
    expect(ofType(registrations, IN_VAULT)[0]?.inputs.validityMonths).toBe(months);
  });

  it("is trusted by the application in two slots during the overlap", async () => {
    const { registrations, made } = await declare({ vault, exportable: true, asOf: "2026-06-01T00:00:00Z" });
    const keys = ofType(registrations, KEY);
    expect(keys.map(({ name, inputs, ignoreChanges }) => ({ name, inputs, ignoreChanges }))).toEqual([
      {
        name: "sample-certificate-slot-0",
        ignoreChanges: ["startDate", "endDate"],
        inputs: {
          applicationId: "app",
          type: "AsymmetricX509Cert",
          encoding: "pem",
          value: { secret: "sample-certificate-slot-0-key-pem" },
          startDate: "2026-01-01T00:00:00Z",
          endDate: "2026-06-30T00:00:00Z",
        },
      },
      {
        name: "sample-certificate-slot-1",
        ignoreChanges: ["startDate", "endDate"],
        inputs: {
          applicationId: "app",
          type: "AsymmetricX509Cert",
          encoding: "pem",
          value: { secret: "sample-certificate-slot-1-key-pem" },
          startDate: "2026-05-31T00:00:00Z",
          endDate: "2026-11-27T00:00:00Z",
        },
      },
    ]);
    expect(ofType(registrations, IN_VAULT).map(({ inputs }) => inputs.exportable)).toEqual([true, true]);
    const issued = await resolved(made.issued);
    expect(issued.map(({ current, secretName }) => ({ current, secretName }))).toEqual([
      { current: true, secretName: "sample-slot-1" },
      { current: false, secretName: "sample-slot-0" },
    ]);
    expect(await resolved(made.privateKey)).toBe("");
  });
});

describe("a certificate without a vault", () => {
  it("is generated, and its key is a secret output", async () => {
    const { registrations, made } = await declare();
    expect(ofType(registrations, IN_VAULT)).toEqual([]);
    expect(ofType(registrations, GENERATED)[0]?.inputs).toEqual({
      subject: "CN=sample",
      notBefore: "2026-01-01T00:00:00Z",
      notAfter: "2026-06-30T00:00:00Z",
      generation: "0",
    });
    expect(await isSecret(made.privateKey)).toBe(true);
    expect(await resolved(made.privateKey)).toBe(
      "sample-certificate-slot-0-key-private\nsample-certificate-slot-0-key-pem",
    );
    expect(await resolved(made.issued)).toMatchObject([
      { secretOutput: "sample-certificate", current: true },
    ]);
    expect((await resolved(made.issued))[0]).not.toHaveProperty("vaultUri");
  });
});

it("trusts a vendor's certificate for as long as it says, without any key of ours", async () => {
  let made: VendorCertificate | undefined;
  const registrations = await record(() => {
    made = new VendorCertificate("sample-vendor", {
      applicationId: "app",
      certificatePem: "pem",
      thumbprint: "ABCDEF0123456789",
      notBefore: "2026-01-01T00:00:00Z",
      notAfter: "2027-01-01T00:00:00Z",
    });
  });
  expect(registrations.map(({ type, name, parent }) => [type, name, parent])).toEqual([
    ["entra-connectors:index:VendorCertificate", "sample-vendor", undefined],
    [KEY, "sample-vendor-certificate", "sample-vendor"],
  ]);
  expect(registrations[1]?.inputs).toMatchObject({
    startDate: "2026-01-01T00:00:00Z",
    endDate: "2027-01-01T00:00:00Z",
  });
  expect(await resolved(made!.issued)).toMatchObject([
    { kind: "vendorCertificate", current: true, displayName: "vendor certificate ABCDEF01" },
  ]);
});
