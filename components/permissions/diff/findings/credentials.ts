import type { CredentialLine } from "../../lock/schema";
import { itemOf } from "../changes";
import type { Change, Direction, Level } from "../model";
import { type Finding, nothingMore, type Origin } from "./finding";

const names = {
  clientSecret: "client secret",
  certificate: "certificate",
  vendorCertificate: "vendor's certificate",
  federated: "federated credential",
} as const;

/**
 * A credential that came, went or changed. Who may sign in as a connector reaches as far as the connector does, so a new
 * way in has the connector's own level; that of a connector which is new itself says nothing beyond its permissions.
 */
export function credentialFinding(change: Change<CredentialLine>, origin: Origin, reach: Level): Finding {
  const credential = itemOf(change);
  const shared = {
    ...nothingMore,
    ...origin,
    kind: change.kind,
    subject: "credential",
    name: names[credential.kind],
    family: "credential",
    allows: wayIn(credential),
  } as const;
  if (change.kind === "added")
    return { ...shared, level: reach, direction: "wider", after: inWords(credential) };
  if (change.kind === "removed") {
    return { ...shared, level: "any", direction: "narrower", before: inWords(credential) };
  }
  const direction = directionOf(change.before, change.after);
  const otherHolder = change.after.kind === "federated" || change.after.kind === "vendorCertificate";
  return {
    ...shared,
    level: direction === "wider" && otherHolder ? reach : "any",
    direction,
    before: inWords(change.before),
    after: inWords(change.after),
  };
}

function directionOf(before: CredentialLine, after: CredentialLine): Direction {
  if ("lifetimeDays" in before && "lifetimeDays" in after) {
    if (after.lifetimeDays === before.lifetimeDays) return "neutral";
    return after.lifetimeDays > before.lifetimeDays ? "wider" : "narrower";
  }
  if (before.kind === "vendorCertificate" && after.kind === "vendorCertificate") {
    return before.thumbprint === after.thumbprint ? "neutral" : "wider";
  }
  return "wider";
}

function wayIn(credential: CredentialLine): string {
  switch (credential.kind) {
    case "clientSecret":
      return `sign in with a client secret that is valid for ${credential.lifetimeDays} days`;
    case "certificate":
      return `sign in with a certificate that is valid for ${credential.lifetimeDays} days`;
    case "vendorCertificate":
      return `sign in with the vendor's certificate ${credential.thumbprint.slice(0, 16)}… until ${day(credential.notAfter)}`;
    case "federated":
      return credential.subject === undefined
        ? "be used by the stack's collector, without a secret"
        : `be used, without a secret, by whoever is ${credential.subject} at ${credential.issuer ?? "its issuer"}`;
  }
}

/** Everything that a reviewer compares. */
function inWords(credential: CredentialLine): string {
  switch (credential.kind) {
    case "vendorCertificate":
      return `${credential.file}, SHA-256 ${credential.thumbprint}, ${day(credential.notBefore)} to ${day(credential.notAfter)}`;
    case "federated": {
      const { issuer, subject, audience } = credential;
      return subject === undefined
        ? `the stack's collector, audience ${audience}`
        : `subject ${subject}, issuer ${issuer ?? "none"}, audience ${audience}`;
    }
    default:
      return `${credential.lifetimeDays} days, overlap ${credential.overlapDays}, counted from ${day(credential.anchor)}`;
  }
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
