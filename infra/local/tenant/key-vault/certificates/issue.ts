/** Makes the key and the self-signed certificate that a policy asks for. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { badParameter } from "../errors";
import type { CertificatePolicy } from "../model";

/** A certificate and its key. */
export interface IssuedCertificate {
  /** DER, base64. */
  readonly certificate: string;
  readonly privateKeyPem: string;
  /** Seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
}

const usages: Readonly<Record<string, number>> = {
  digitalSignature: x509.KeyUsageFlags.digitalSignature,
  nonRepudiation: x509.KeyUsageFlags.nonRepudiation,
  keyEncipherment: x509.KeyUsageFlags.keyEncipherment,
  dataEncipherment: x509.KeyUsageFlags.dataEncipherment,
  keyAgreement: x509.KeyUsageFlags.keyAgreement,
  keyCertSign: x509.KeyUsageFlags.keyCertSign,
};

/**
 * Issues for whole months from `now` (seconds), as the service does.
 * @throws VaultError 400 for a subject or usage that can't be read
 */
export async function issueCertificate(policy: CertificatePolicy, now: number): Promise<IssuedCertificate> {
  const { subject, validity_months, key_usage, ekus } = policy.x509_props;
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: policy.key_props.key_size,
  };
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const notBefore = new Date(now * 1000);
  const notAfter = new Date(notBefore);
  notAfter.setUTCMonth(notAfter.getUTCMonth() + validity_months);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: readSubject(subject),
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString("hex"),
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.KeyUsagesExtension(
        key_usage.reduce((flags, usage) => flags | usageFlag(usage), 0),
        true,
      ),
      new x509.ExtendedKeyUsageExtension([...ekus]),
    ],
  });
  const privateKey = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return {
    certificate: Buffer.from(certificate.rawData).toString("base64"),
    privateKeyPem: pem("PRIVATE KEY", privateKey),
    notBefore: Math.floor(certificate.notBefore.getTime() / 1000),
    notAfter: Math.floor(certificate.notAfter.getTime() / 1000),
  };
}

/** PEM text of DER bytes. */
export function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

function readSubject(subject: string): x509.Name {
  try {
    return new x509.Name(subject);
  } catch {
    throw badParameter(`Property policy.x509_props.subject has an invalid value: ${subject}`);
  }
}

function usageFlag(usage: string): number {
  const flag = usages[usage];
  if (flag === undefined)
    throw badParameter(`Property policy.x509_props.key_usage has an invalid value: ${usage}`);
  return flag;
}
