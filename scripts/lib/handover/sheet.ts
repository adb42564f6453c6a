/** What a person types into the vendor's product: its fields in its order, with where each value comes from. */
import { findProfile } from "../../../components/profiles";
import type { HandoverField, HandoverSource } from "../../../components/profiles/profile";
import type { ConnectorOutput, CredentialOutput } from "../../../infra/outputs";
import { credentialName, currentCredential } from "../connection/sign-in";
import type { NamedConnector } from "../connectors";

/** One field of the vendor's form. */
export interface SheetField {
  readonly label: string;
  readonly kind: "value" | "secret" | "box";
  /** The text to type, `ticked` or `not ticked`; of a secret: where it is, or its value when it was to be revealed. */
  readonly value: string;
  readonly hint?: string;
}

/** A hand-over of one connector. */
export interface Sheet {
  readonly connector: string;
  readonly name: string;
  readonly product: string;
  readonly guide: string;
  readonly fields: readonly SheetField[];
  /** When the credential ends, ISO date-time; null when it doesn't. */
  readonly validUntil: string | null;
  /** What else to know: a rotation under way, an expiry that is near. */
  readonly remarks: readonly string[];
}

/**
 * The hand-over of a connector.
 * @param secret the credential's value, when it was to be revealed
 */
export function handoverSheet({ slug, connector }: NamedConnector, now: Date, secret?: string): Sheet {
  const profile = findProfile(connector.profile);
  const current = currentCredential(connector);
  const fields = profile.handover(connector.settings).map((field) => fill(field, connector, current, secret));
  return {
    connector: slug,
    name: connector.manifest.name,
    product: profile.title,
    guide: profile.guide.title,
    fields,
    validUntil: current?.endDate ?? null,
    remarks: remarksOf(connector, current, now),
  };
}

function fill(
  field: HandoverField,
  connector: ConnectorOutput,
  current: CredentialOutput | undefined,
  secret: string | undefined,
): SheetField {
  const hint = field.hint === undefined ? {} : { hint: field.hint };
  if (field.kind === "box") {
    return { label: field.label, kind: "box", value: field.ticked ? "ticked" : "not ticked", ...hint };
  }
  if (field.kind === "text") return { label: field.label, kind: "value", value: field.value, ...hint };
  if (field.source === "credential") {
    const value = secret ?? (current ? placeOf(current) : "no credential");
    return { label: field.label, kind: "secret", value, ...hint };
  }
  return { label: field.label, kind: "value", value: plainValue(field.source, connector), ...hint };
}

function plainValue(source: Exclude<HandoverSource, "credential">, connector: ConnectorOutput): string {
  const values: Readonly<Record<Exclude<HandoverSource, "credential">, string>> = {
    tenantId: connector.tenantId,
    tenantDomain: connector.tenantId,
    clientId: connector.clientId,
    graphDomain: connector.settings.graphDomain ?? "graph.microsoft.com",
    connectorName: connector.manifest.name,
  };
  return values[source];
}

/** Where the value of a credential is, in words. */
export function placeOf({ kind, vaultUri, secretName, secretOutput }: CredentialOutput): string {
  if (vaultUri && secretName) return `in the vault: ${vaultUri}secrets/${secretName}`;
  if (secretOutput) return `in the stack's encrypted output: secrets.${secretOutput}`;
  return kind === "vendorCertificate"
    ? "the vendor's own certificate"
    : "nothing to type: it signs in by its identity";
}

const day = 86_400_000;

/** When to act. A previous slot that is still declared means that a rotation has happened and the old value is on its way out. */
function remarksOf(
  connector: ConnectorOutput,
  current: CredentialOutput | undefined,
  now: Date,
): readonly string[] {
  if (!current) return [];
  const remarks: string[] = [];
  const previous = connector.credentials.find(
    ({ kind, current: isCurrent }) => kind === current.kind && !isCurrent,
  );
  const label = credentialName(current.kind);
  if (previous?.endDate) {
    remarks.push(
      `The ${label} has been rotated: paste the new one into the product before ${dateOf(previous.endDate)}. Until then both work.`,
    );
  }
  const end = current.endDate ? Date.parse(current.endDate) : undefined;
  if (end !== undefined && end <= now.getTime()) {
    remarks.push(
      `The ${label} has expired. Deploy the stack (npm run -s cli -- up), then hand the new one over.`,
    );
  } else if (end !== undefined && end - now.getTime() < 30 * day) {
    remarks.push(
      `The ${label} ends in ${Math.floor((end - now.getTime()) / day)} days: the next deployment renews it.`,
    );
  }
  return remarks;
}

/** The date of an instant, UTC: `2026-12-01`. */
export function dateOf(instant: string): string {
  return instant.slice(0, 10);
}
