/** Certificates as the REST API shows them. */
import { createHash } from "node:crypto";
import { recoverableDays } from "../items";
import type { CertificateVersion, DeletedItem } from "../model";
import { shownAttributes } from "../secrets/secrets";
import type { Vault } from "../vault";

const day = 86_400;

/** SHA-1 thumbprint, base64url: `x5t`. */
function thumbprint(certificate: string): string {
  return createHash("sha1").update(Buffer.from(certificate, "base64")).digest("base64url");
}

/** A version without the certificate itself, as in lists. */
export function certificateItem(
  vault: Vault,
  version: CertificateVersion,
  withVersion: boolean,
): Record<string, unknown> {
  const base = `${vault.origin()}/certificates/${version.name}`;
  return {
    id: withVersion ? `${base}/${version.version}` : base,
    x5t: thumbprint(version.certificate),
    attributes: shownAttributes(vault, version.attributes),
    subject: "",
    tags: version.tags,
  };
}

/** A version with its certificate, key id and policy. */
export function certificateBundle(vault: Vault, version: CertificateVersion): Record<string, unknown> {
  const place = `${version.name}/${version.version}`;
  return {
    id: `${vault.origin()}/certificates/${place}`,
    kid: `${vault.origin()}/keys/${place}`,
    sid: `${vault.origin()}/secrets/${place}`,
    x5t: thumbprint(version.certificate),
    cer: version.certificate,
    attributes: shownAttributes(vault, version.attributes),
    policy: shownPolicy(vault, version),
    tags: version.tags,
  };
}

/** The policy of a certificate. */
export function shownPolicy(vault: Vault, version: CertificateVersion): Record<string, unknown> {
  return {
    id: `${vault.origin()}/certificates/${version.name}/policy`,
    ...version.policy,
    lifetime_actions: [],
  };
}

/** The operation that makes or made the latest version. */
export function pendingOperation(vault: Vault, version: CertificateVersion): Record<string, unknown> {
  const done = isIssued(vault, version);
  const base = `${vault.origin()}/certificates/${version.name}`;
  return {
    id: `${base}/pending`,
    issuer: version.policy.issuer,
    cancellation_requested: false,
    status: done ? "completed" : "inProgress",
    status_details: done ? undefined : "Pending certificate created. Certificate request is in progress.",
    target: done ? base : undefined,
    request_id: version.version,
  };
}

/** Whether the certificate is there already; making one takes the service a moment. */
export function isIssued(vault: Vault, version: CertificateVersion): boolean {
  return vault.tenant.clock.now() >= version.issuedAt;
}

/** A deleted certificate. */
export function deletedCertificate(
  vault: Vault,
  deletion: DeletedItem,
  last: CertificateVersion,
): Record<string, unknown> {
  return {
    recoveryId: `${vault.origin()}/deletedcertificates/${deletion.name}`,
    deletedDate: deletion.deletedDate,
    scheduledPurgeDate: deletion.deletedDate + recoverableDays * day,
    ...certificateBundle(vault, last),
  };
}
