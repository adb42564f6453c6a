/** What a vault holds. A secret, certificate or key is a row of versions under one name. */
import type { Collection, Entity, Store } from "../core/types";

/** Times in seconds since 1970, as the REST API counts them. */
export interface Attributes {
  readonly enabled: boolean;
  readonly nbf?: number;
  readonly exp?: number;
  readonly created: number;
  readonly updated: number;
}

/** What every version has. `id` is `<vault>/<name>/<version>`, `item` is `<vault>/<name>`, all in lower case. */
export interface ItemVersion extends Entity {
  readonly vault: string;
  readonly item: string;
  /** As it was first written. */
  readonly name: string;
  readonly version: string;
  readonly attributes: Attributes;
  readonly tags: Readonly<Record<string, string>>;
}

/** A version of a secret. */
export interface SecretVersion extends ItemVersion {
  /** The value, encrypted. */
  readonly sealed: string;
  readonly contentType?: string;
  /** Id of the key, when the secret belongs to a certificate. */
  readonly kid?: string;
}

/** A version of a certificate with its key; the key's and, if exportable, the secret's versions are views of it. */
export interface CertificateVersion extends ItemVersion {
  /** DER, base64. */
  readonly certificate: string;
  /** PKCS #8 PEM of the private key, encrypted. */
  readonly sealedKey: string;
  readonly policy: CertificatePolicy;
  /** Milliseconds of the tenant's clock from which the certificate counts as issued. */
  readonly issuedAt: number;
}

/** What was asked of a certificate, in the REST API's own names. */
export interface CertificatePolicy {
  readonly key_props: {
    readonly kty: "RSA";
    readonly key_size: number;
    readonly exportable: boolean;
    readonly reuse_key: boolean;
  };
  readonly secret_props: { readonly contentType: string };
  readonly x509_props: {
    readonly subject: string;
    readonly validity_months: number;
    readonly key_usage: readonly string[];
    readonly ekus: readonly string[];
  };
  readonly issuer: { readonly name: "Self" };
}

export type ItemKind = "secret" | "certificate";

/** An item that was deleted and can be recovered; its versions stay. `id` is `<kind>/<vault>/<name>`. */
export interface DeletedItem extends Entity {
  readonly vault: string;
  readonly kind: ItemKind;
  readonly item: string;
  readonly name: string;
  /** Seconds. */
  readonly deletedDate: number;
}

/** The collections of all vaults. */
export interface VaultCollections {
  readonly secrets: Collection<SecretVersion>;
  readonly certificates: Collection<CertificateVersion>;
  readonly deleted: Collection<DeletedItem>;
}

/** Opens the collections of all vaults of a store. */
export function openVaultCollections(store: Store): VaultCollections {
  const byItem = {
    item: (version: ItemVersion) => version.item,
    vault: (version: ItemVersion) => version.vault,
  };
  return {
    secrets: store.collection<SecretVersion>("vault-secrets", byItem),
    certificates: store.collection<CertificateVersion>("vault-certificates", byItem),
    deleted: store.collection<DeletedItem>("vault-deleted", { vault: (item: DeletedItem) => item.vault }),
  };
}
