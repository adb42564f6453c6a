import { createHash, X509Certificate } from "node:crypto";
import { jwtVerify, type ProtectedHeaderParameters } from "jose";
import type { KeyCredential } from "../../directory/model";
import { LoginError } from "../errors";
import { assertionAudiences } from "../issuers";
import { type AssertionClaims, checkTimes, type PresentedAssertion } from "./assertion";

/**
 * Checks an assertion signed by the application itself (page "Microsoft identity platform application authentication
 * certificate credentials"): audience, issuer and subject, times, a registered certificate named by its thumbprint,
 * that certificate's validity, and the signature (PS256, or RS256 as older clients make it).
 */
export async function checkCertificateAssertion(
  presented: PresentedAssertion,
  header: ProtectedHeaderParameters,
  claims: AssertionClaims,
): Promise<void> {
  const { tenant, application, root } = presented;
  if (claims.iss.toLowerCase() !== application.appId || claims.sub.toLowerCase() !== application.appId) {
    throw invalid(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
  }
  const audience = claims.aud.toLowerCase();
  if (!assertionAudiences(tenant.settings, root).some((allowed) => allowed.toLowerCase() === audience)) {
    throw invalid(700023, "Client assertion audience claim does not match Realm issuer.");
  }
  checkTimes(tenant.clock.now(), claims);
  const thumbprint = thumbprintOf(header);
  const credential = application.keyCredentials
    .filter((candidate) => tenant.replication.visible("token-endpoint", candidate.addedAt))
    .find((candidate) => hasThumbprint(candidate, thumbprint));
  if (credential === undefined) throw unusableKey("The key was not found.", thumbprint.text);
  if (!isValid(credential, tenant.clock.now()))
    throw unusableKey("The key used is expired.", thumbprint.text);
  await verifySignature(presented.assertion, credential, thumbprint.text, tenant.clock.now());
}

interface Thumbprint {
  readonly hash: "sha1" | "sha256";
  readonly text: string;
}

/** The service takes `kid` too where it is the SHA-1 thumbprint: some clients write no `x5t`. */
function thumbprintOf(header: ProtectedHeaderParameters): Thumbprint {
  const sha256 = header["x5t#S256"];
  if (typeof sha256 === "string") return { hash: "sha256", text: sha256 };
  const sha1 = header.x5t ?? header.kid;
  if (typeof sha1 === "string") return { hash: "sha1", text: sha1 };
  throw unusableKey("The key was not found.", "");
}

/** Clients write thumbprints as base64 or base64url; Node decodes both alike. */
function hasThumbprint(credential: KeyCredential, thumbprint: Thumbprint): boolean {
  const wanted = Buffer.from(thumbprint.text, "base64");
  const der = Buffer.from(credential.certificate, "base64");
  return createHash(thumbprint.hash).update(der).digest().equals(wanted);
}

function isValid(credential: KeyCredential, now: number): boolean {
  return Date.parse(credential.startDateTime) <= now && now < Date.parse(credential.endDateTime);
}

async function verifySignature(
  assertion: string,
  credential: KeyCredential,
  thumbprint: string,
  now: number,
): Promise<void> {
  const { publicKey } = new X509Certificate(Buffer.from(credential.certificate, "base64"));
  try {
    await jwtVerify(assertion, publicKey, {
      algorithms: ["PS256", "RS256"],
      currentDate: new Date(now),
      clockTolerance: 300,
    });
  } catch {
    throw unusableKey("The key was found, but the signature does not match.", thumbprint);
  }
}

function unusableKey(reason: string, thumbprint: string): LoginError {
  const hex = Buffer.from(thumbprint, "base64").toString("hex").toUpperCase();
  return invalid(
    700027,
    "The certificate with identifier used to sign the client assertion is not registered on application. " +
      `[Reason - ${reason}, Thumbprint of key used by client: '${hex}']`,
  );
}

function invalid(code: number, message: string): LoginError {
  return new LoginError("invalid_client", code, message);
}
