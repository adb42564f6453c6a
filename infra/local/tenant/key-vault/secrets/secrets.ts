/** Secrets as values: set, described, shown. ARM writes secrets through the same functions. */

import { recoverableDays } from "../items";
import type { Attributes, SecretVersion } from "../model";
import type { Vault } from "../vault";

/** What a new version is made from; times in seconds. */
export interface SecretInput {
  readonly value: string;
  readonly contentType?: string | undefined;
  readonly attributes?:
    | {
        readonly enabled?: boolean | undefined;
        readonly nbf?: number | undefined;
        readonly exp?: number | undefined;
      }
    | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Writes a new version. @throws VaultError 409 while the name is deleted but recoverable */
export function setSecret(vault: Vault, name: string, input: SecretInput): SecretVersion {
  const { now, ...place } = vault.secrets.newVersion(name);
  return vault.secrets.put({
    ...place,
    sealed: vault.sealing.seal(input.value),
    ...(input.contentType === undefined ? {} : { contentType: input.contentType }),
    attributes: attributesOf(input.attributes, { enabled: true, created: now, updated: now }),
    tags: input.tags ?? {},
  });
}

/** Attributes with what a request changes. */
export function attributesOf(wanted: SecretInput["attributes"], before: Attributes): Attributes {
  const { enabled = before.enabled, nbf = before.nbf, exp = before.exp } = wanted ?? {};
  return {
    enabled,
    ...(nbf === undefined ? {} : { nbf }),
    ...(exp === undefined ? {} : { exp }),
    created: before.created,
    updated: before.updated,
  };
}

/** Attributes as the REST API shows them. */
export function shownAttributes(vault: Vault, attributes: Attributes): Record<string, unknown> {
  return {
    ...attributes,
    recoveryLevel: vault.purgeProtected() ? "Recoverable" : "Recoverable+Purgeable",
    recoverableDays,
  };
}

/** The version without its value. */
export function secretItem(
  vault: Vault,
  secret: SecretVersion,
  withVersion: boolean,
): Record<string, unknown> {
  const base = `${vault.origin()}/secrets/${secret.name}`;
  return {
    id: withVersion ? `${base}/${secret.version}` : base,
    ...(secret.contentType === undefined ? {} : { contentType: secret.contentType }),
    ...(secret.kid === undefined ? {} : { kid: secret.kid, managed: true }),
    attributes: shownAttributes(vault, secret.attributes),
    tags: secret.tags,
  };
}

/** The version with its value. */
export function secretBundle(vault: Vault, secret: SecretVersion): Record<string, unknown> {
  return { value: vault.sealing.open(secret.sealed), ...secretItem(vault, secret, true) };
}
