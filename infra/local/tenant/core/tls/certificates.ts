import "reflect-metadata";
import { createPrivateKey, webcrypto, X509Certificate } from "node:crypto";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import { readFileIfThere, writePrivateFile } from "../files";

/** What the tenant's servers present, and the file a client must trust. PEM texts. */
export interface ServerCertificate {
  readonly caFile: string;
  /** The leaf, followed by the CA. */
  readonly certificate: string;
  readonly privateKey: string;
}

const names = [
  "localhost",
  "login.microsoftonline.com",
  "graph.microsoft.com",
  "management.azure.com",
  "*.vault.azure.net",
  "outlook.office365.com",
  "manage.office.com",
  "sts.windows.net",
];
const addresses = ["127.0.0.1"];

const day = 86_400_000;
const caLifetime = 3650 * day;
/** Clients of some platforms refuse a server certificate of more than 825 days. */
const leafLifetime = 700 * day;
const renewBefore = 30 * day;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/**
 * The certificate authority and the server certificate of a tenant: made at the first start and kept in its folder
 * (mode 600); the server certificate is renewed by the same authority before it ends. Real time, not the tenant's:
 * clients check certificates by their own clock.
 */
export async function loadServerCertificate(directory: string): Promise<ServerCertificate> {
  x509.cryptoProvider.set(webcrypto);
  const caFile = join(directory, "ca.pem");
  const caKeyFile = join(directory, "ca-key.pem");
  const leafFile = join(directory, "server.pem");
  const leafKeyFile = join(directory, "server-key.pem");
  if (!isUsable(readFileIfThere(caFile), readFileIfThere(caKeyFile))) {
    await makeAuthority(caFile, caKeyFile);
    await makeLeaf(caFile, caKeyFile, leafFile, leafKeyFile);
  } else if (!isUsable(readFileIfThere(leafFile), readFileIfThere(leafKeyFile))) {
    await makeLeaf(caFile, caKeyFile, leafFile, leafKeyFile);
  }
  return { caFile, certificate: required(leafFile) + required(caFile), privateKey: required(leafKeyFile) };
}

function isUsable(certificate: string | undefined, key: string | undefined): boolean {
  if (certificate === undefined || key === undefined) return false;
  const parsed = new X509Certificate(certificate);
  const ends = Date.parse(parsed.validTo);
  return parsed.checkPrivateKey(createPrivateKey(key)) && ends - Date.now() > renewBefore;
}

async function makeAuthority(file: string, keyFile: string): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=entra-connectors local tenant CA",
    keys,
    signingAlgorithm: algorithm,
    ...validity(caLifetime),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writeKey(keyFile, keys.privateKey);
  writePrivateFile(file, `${certificate.toString("pem")}\n`);
}

async function makeLeaf(caFile: string, caKeyFile: string, file: string, keyFile: string): Promise<void> {
  const ca = new x509.X509Certificate(required(caFile));
  const caKey = createPrivateKey(required(caKeyFile)).export({ type: "pkcs8", format: "der" });
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: "CN=entra-connectors local tenant",
    issuer: ca.subject,
    publicKey: keys.publicKey,
    signingKey: await webcrypto.subtle.importKey("pkcs8", caKey, algorithm, false, ["sign"]),
    signingAlgorithm: algorithm,
    ...validity(leafLifetime),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: "dns" as const, value })),
        ...addresses.map((value) => ({ type: "ip" as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(ca),
    ],
  });
  await writeKey(keyFile, keys.privateKey);
  writePrivateFile(file, `${certificate.toString("pem")}\n`);
}

function validity(lifetime: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - day), notAfter: new Date(now + lifetime) };
}

async function writeKey(file: string, key: webcrypto.CryptoKey): Promise<void> {
  const der = await webcrypto.subtle.exportKey("pkcs8", key);
  writePrivateFile(file, x509.PemConverter.encode(der, "PRIVATE KEY"));
}

function required(file: string): string {
  const text = readFileIfThere(file);
  if (text === undefined) throw new Error(`${file} is missing. Run \`tenant reset\` to make it again.`);
  return text;
}
