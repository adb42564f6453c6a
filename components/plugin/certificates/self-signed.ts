import { createHash, randomBytes, webcrypto } from "node:crypto";
import { pem } from "./pem";

/** A certificate with its key; PEM, and the SHA-1 thumbprint in upper-case hexadecimal as portals show it. */
export interface SelfSigned {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly thumbprint: string;
}

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

/** Makes an RSA 2048 key and a certificate for client authentication that it signs itself. */
export async function selfSigned(subject: string, notBefore: Date, notAfter: Date): Promise<SelfSigned> {
  // The library needs this polyfill before it; both are loaded only when a certificate is made.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: subject,
    notBefore,
    notAfter,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ],
  });
  const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  const der = Buffer.from(certificate.rawData);
  return {
    certificatePem: pem("CERTIFICATE", der),
    privateKeyPem: pem("PRIVATE KEY", Buffer.from(key)),
    thumbprint: thumbprintOf(der),
  };
}

/** SHA-1 of the certificate, upper-case hexadecimal. */
export function thumbprintOf(der: Uint8Array): string {
  return createHash("sha1").update(der).digest("hex").toUpperCase();
}

/** Sixteen random bytes, the first bit clear so that the number is positive. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString("hex");
}
