import { createPrivateKey, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { selfSigned } from "../../../components/plugin/certificates/self-signed";
import { certificateIn, parseCertificate } from "../../../components/plugin/certificates/vault-answers";
import { connectVaults } from "../../../components/plugin/certificates/vault-session";
import { signedInCloud } from "../../../components/plugin/signed-in-cloud";

describe("a generated certificate", () => {
  it("is self-signed, for client authentication, with its own key and dates", async () => {
    const made = await selfSigned("CN=Contoso, O=Example", new Date("2027-01-01"), new Date("2027-07-31"));
    const certificate = new X509Certificate(made.certificatePem);
    expect(certificate.subject).toBe("CN=Contoso\nO=Example");
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(new Date(certificate.validFrom).toISOString()).toBe("2027-01-01T00:00:00.000Z");
    expect(new Date(certificate.validTo).toISOString()).toBe("2027-07-31T00:00:00.000Z");
    expect(certificate.fingerprint.replaceAll(":", "")).toBe(made.thumbprint);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it("is another one each time", async () => {
    const dates = [new Date("2027-01-01"), new Date("2027-07-31")] as const;
    const [first, second] = await Promise.all([selfSigned("CN=x", ...dates), selfSigned("CN=x", ...dates)]);
    expect(first.thumbprint).not.toBe(second.thumbprint);
    expect(first.privateKeyPem).not.toBe(second.privateKeyPem);
  });
});

describe("a vault's certificate", () => {
  it("is read into inputs and outputs", async () => {
    const made = await selfSigned("CN=x", new Date("2027-01-01"), new Date("2027-07-31"));
    const cer = made.certificatePem.replace(/-----[^-]+-----|\n/g, "");
    const read = parseCertificate({
      id: "https://kv.vault.azure.net/certificates/c/1",
      kid: "https://kv.vault.azure.net/keys/c/1",
      cer,
      attributes: { nbf: 1_798_761_600, exp: 1_816_992_000 },
      policy: { key_props: { exportable: false }, x509_props: { subject: "CN=x", validity_months: 7 } },
    });
    expect(read.policy).toEqual({ subject: "CN=x", validityMonths: 7, exportable: false });
    expect(read.outputs).toMatchObject({
      certificatePem: made.certificatePem,
      thumbprint: made.thumbprint,
      notBefore: "2027-01-01T00:00:00Z",
      keyId: "https://kv.vault.azure.net/keys/c/1",
    });
  });

  it("is found by its id alone", () => {
    const id = "https://kv.vault.azure.net/certificates/c";
    expect(certificateIn(id)).toEqual({ vaultUri: "https://kv.vault.azure.net/", name: "c" });
    expect(() => certificateIn("https://kv.vault.azure.net/secrets/c")).toThrow(/is not of the form/);
  });

  it("is never asked of a vault outside the cloud, before any token is fetched", async () => {
    const environment = { ARM_TENANT_ID: "t", ARM_CLIENT_ID: "c", ARM_CLIENT_SECRET: "s" };
    const session = connectVaults(signedInCloud({}, environment));
    const operation = { urn: "u", name: "n", signal: AbortSignal.timeout(5000), deadline: Date.now() + 5000 };
    const open = session.open("https://kv.vault.azure.net.evil.example/", operation);
    await expect(open).rejects.toThrow(/is not in the cloud global, whose vaults end in \.vault\.azure\.net/);
  });
});
