/**
 * A client assertion signed by a key that never leaves its vault (page "Microsoft identity platform application
 * authentication certificate credentials"; Key Vault REST: "Get Certificate", "Sign").
 */
import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { managedIdentityToken } from "./managed-identity";
import { askVault, vaultAudience } from "./vault-request";

/** Whose application signs in where, with which certificate of which vault. */
export interface AssertionSubject {
  readonly vaultUri: string;
  readonly certificateName: string;
  /** Login endpoint of the cloud, without trailing slash. */
  readonly login: string;
  readonly tenantId: string;
  readonly clientId: string;
}

/** Minutes around now in which the assertion counts: more than a clock may be wrong on either side. */
const before = 10 * 60;
const after = 20 * 60;

const certificateSchema = z.object({ kid: z.url(), cer: z.string().min(1) });
const signatureSchema = z.object({ value: z.string().min(1) });

/** @throws Error that names the vault, the certificate and what is missing */
export async function vaultAssertion(
  subject: AssertionSubject,
  identityClientId: string,
  now: () => number = Date.now,
): Promise<string> {
  const token = await managedIdentityToken(identityClientId, vaultAudience(subject.vaultUri));
  const vault = subject.vaultUri.replace(/\/+$/, "");
  const certificate = await askVault(
    `${vault}/certificates/${encodeURIComponent(subject.certificateName)}`,
    token,
    certificateSchema,
  );
  if (new URL(certificate.kid).origin !== new URL(vault).origin)
    throw new Error(`The vault ${vault} names a key of another vault for ${subject.certificateName}.`);
  const unsigned = `${encode(headerOf(certificate.cer))}.${encode(claimsOf(subject, now()))}`;
  const digest = createHash("sha256").update(unsigned).digest("base64url");
  const { value } = await askVault(`${certificate.kid}/sign`, token, signatureSchema, {
    alg: "PS256",
    value: digest,
  });
  return `${unsigned}.${value}`;
}

const headerOf = (certificate: string) => ({
  alg: "PS256",
  typ: "JWT",
  "x5t#S256": createHash("sha256").update(Buffer.from(certificate, "base64")).digest("base64url"),
});

function claimsOf({ login, tenantId, clientId }: AssertionSubject, now: number) {
  const seconds = Math.floor(now / 1000);
  return {
    aud: `${login}/${tenantId}/oauth2/v2.0/token`,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    nbf: seconds - before,
    iat: seconds - before,
    exp: seconds + after,
  };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
