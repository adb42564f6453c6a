/** Which connector and which of its credentials a person means. */

import type {
  ConnectorSettings,
  CredentialSettings,
  Settings,
} from "../../../components/permissions/settings";
import { didYouMean } from "../../../components/permissions/suggestion";
import { mailboxAuditSetUp } from "../../../components/profiles/mailbox-audit-set-up";
import { UserError } from "../errors";
import type { RotatingCredential } from "./model";

/** The kinds whose values this project makes. */
export const rotatingKinds = ["clientSecret", "certificate"] as const;

/**
 * The one connector of that name, short name or profile.
 * @throws UserError when there is none, or the profile is that of several
 */
export function findConnector({ connectors, stack }: Settings, wanted: string): ConnectorSettings {
  const text = wanted.toLowerCase();
  const named = connectors.filter(({ slug, name }) => slug === text || name.toLowerCase() === text);
  const found = named.length > 0 ? named : connectors.filter(({ profile }) => profile === text);
  const slugs = connectors.map(({ slug }) => slug);
  const [connector] = found;
  if (connector === undefined) {
    throw new UserError(`The stack ${stack} has no connector "${wanted}".${didYouMean(text, slugs)}`, {
      next: `Connectors: ${slugs.join(", ")}.`,
    });
  }
  if (found.length > 1) {
    throw new UserError(`"${wanted}" is the profile of ${found.length} connectors.`, {
      next: `Name one of them: ${found.map(({ slug }) => slug).join(", ")}.`,
    });
  }
  if (connector.profile === mailboxAuditSetUp.id) {
    throw new UserError(`${connector.name} is a set-up registration: it is there for some days only.`, {
      next: "Once it has done its work, or when its secret leaked: set prepareMailboxAuditing: false and deploy. That removes it.",
    });
  }
  return connector;
}

/**
 * The credentials of the connector that can be renewed: all of them, or the one of that kind.
 * @throws UserError saying what to do instead when there is none
 */
export function renewable(
  { name, credentials }: ConnectorSettings,
  kind: RotatingCredential["kind"] | undefined,
): readonly RotatingCredential[] {
  const rotating = credentials.filter((one): one is RotatingCredential => "anchor" in one);
  const chosen = kind === undefined ? rotating : rotating.filter((one) => one.kind === kind);
  if (chosen.length > 0) return chosen;
  if (rotating.length > 0) {
    throw new UserError(`${name} has no credential of kind ${kind}.`, {
      next: `It has: ${rotating.map((one) => one.kind).join(", ")}.`,
    });
  }
  throw new UserError(`${name} has nothing to rotate: ${whyNot(credentials)}`, {
    next: instead(credentials),
  });
}

function whyNot(credentials: readonly CredentialSettings[]): string {
  return credentials.some((one) => one.kind === "vendorCertificate")
    ? "the private key is the vendor's, and this stack knows the public certificate alone."
    : "it signs in by a federated identity, which has no secret that could leak or expire.";
}

function instead(credentials: readonly CredentialSettings[]): string {
  return credentials.some((one) => one.kind === "vendorCertificate")
    ? "Have the vendor's product make a new certificate, put its file beside the old one as a second vendorCertificate,\n" +
        "deploy, switch the product over, then take the old one out."
    : "To shut out a workload that is no longer trusted, take its federated credential out of the settings (or delete\n" +
        "its managed identity) and deploy.";
}
