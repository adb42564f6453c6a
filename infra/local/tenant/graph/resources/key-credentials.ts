/** The semantics of `keyCredentials` in a PATCH (Microsoft page "keyCredential resource type"). */
import "reflect-metadata";
import { createHash, randomUUID } from "node:crypto";
import { X509Certificate } from "@peculiar/x509";
import { z } from "zod";
import type { KeyCredential } from "../../directory/model";
import { badRequest } from "../errors";
import { instant } from "../time";

const keySchema = z.object({
  keyId: z.string().nullish(),
  displayName: z.string().nullish(),
  type: z.string().nullish(),
  usage: z.string().nullish(),
  key: z.string().nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
});

type KeyBody = z.infer<typeof keySchema>;

/**
 * The credentials after a write. The array replaces what was there: an entry whose `key` is null is an existing one sent
 * back as it was read and keeps its certificate (found by keyId); an entry with a key is a new certificate, whose dates
 * are filled in from it where they are missing.
 */
export function replaceKeys(
  current: readonly KeyCredential[],
  value: unknown,
  now: number,
): readonly KeyCredential[] {
  if (value === undefined) return current;
  const parsed = z.array(keySchema).safeParse(value);
  if (!parsed.success) throw invalidKey();
  const keys = parsed.data.map((body) => keyFrom(current, body, now));
  if (new Set(keys.map((key) => key.keyId)).size < keys.length) {
    throw badRequest("Request contains a property with duplicate values.");
  }
  return keys;
}

const invalidKey = (): Error =>
  badRequest("Invalid value specified for property 'keyCredentials' of resource 'Application'.");

function keyFrom(current: readonly KeyCredential[], body: KeyBody, now: number): KeyCredential {
  const existing = current.find((key) => key.keyId === body.keyId?.toLowerCase());
  if (existing !== undefined && (body.key == null || body.key === existing.key)) return existing;
  if (body.key == null)
    throw badRequest("Key value is invalid or missing: a new key credential needs 'key'.");
  if ((body.type ?? "AsymmetricX509Cert") !== "AsymmetricX509Cert" || (body.usage ?? "Verify") !== "Verify") {
    throw badRequest(
      'The value for the property "usage" in one of your credentials is invalid. Acceptable values are Sign, Verify.',
    );
  }
  return certificateKey(body, body.key, now);
}

function certificateKey(body: KeyBody, key: string, now: number): KeyCredential {
  const certificate = readCertificate(key);
  const der = Buffer.from(certificate.rawData);
  const notAfter = certificate.notAfter.getTime();
  const endDateTime = body.endDateTime ?? instant(notAfter);
  const startDateTime = body.startDateTime ?? instant(certificate.notBefore.getTime());
  if (!(Date.parse(endDateTime) <= notAfter)) {
    throw badRequest("Key credential end date is invalid: it lies after the end of the certificate.");
  }
  return {
    keyId: (body.keyId ?? randomUUID()).toLowerCase(),
    displayName: body.displayName ?? certificate.subject,
    type: "AsymmetricX509Cert",
    usage: "Verify",
    certificate: der.toString("base64"),
    key,
    customKeyIdentifier: createHash("sha1").update(der).digest("base64"),
    thumbprintSha256: createHash("sha256").update(der).digest("base64url"),
    startDateTime,
    endDateTime,
    addedAt: now,
  };
}

/** `key` is base64 of DER, or (what the azuread provider sends) base64 of the PEM text. */
function readCertificate(key: string): X509Certificate {
  const decoded = Buffer.from(key, "base64");
  const pem = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(
    decoded.toString("latin1"),
  );
  try {
    return new X509Certificate(pem?.[1] === undefined ? decoded : Buffer.from(pem[1], "base64"));
  } catch {
    throw badRequest("Key value is invalid: it is no X.509 certificate.");
  }
}
