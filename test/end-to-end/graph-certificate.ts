import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { X509CertificateGenerator } from "@peculiar/x509";

/** A self-signed certificate made for one test. */
export class GeneratedKey {
  private constructor(readonly pem: string) {}

  static async make(name: string, days: number): Promise<GeneratedKey> {
    const signingAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]);
    const now = Math.floor(Date.now() / 1000) * 1000;
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name,
      notBefore: new Date(now),
      notAfter: new Date(now + days * 86_400_000),
      keys: keys as Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]["keys"],
      signingAlgorithm,
    });
    return new GeneratedKey(certificate.toString("pem"));
  }
}
