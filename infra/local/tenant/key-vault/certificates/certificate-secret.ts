/** A certificate is also a secret of its name: with the key where the policy lets it leave the vault. */
import { VaultError } from "../errors";
import type { SecretVersion } from "../model";
import type { Vault } from "../vault";
import { pem } from "./issue";

/**
 * The secret that belongs to a certificate; undefined where no certificate has that name.
 * @throws VaultError 501 for PKCS #12, which this vault does not make
 */
export function certificateSecret(vault: Vault, name: string, version?: string): SecretVersion | undefined {
  if (vault.certificates.history(name).length === 0) return undefined;
  const certificate = vault.certificates.get(name, version);
  const { key_props, secret_props } = certificate.policy;
  if (secret_props.contentType !== "application/x-pem-file") {
    throw new VaultError(
      501,
      "NotImplemented",
      "This vault gives certificates out as application/x-pem-file only, not as application/x-pkcs12.",
    );
  }
  const chain = pem("CERTIFICATE", Buffer.from(certificate.certificate, "base64"));
  const value = key_props.exportable ? `${vault.sealing.open(certificate.sealedKey)}${chain}` : chain;
  const { policy: _policy, sealedKey: _key, certificate: _der, issuedAt: _at, ...place } = certificate;
  return {
    ...place,
    sealed: vault.sealing.seal(value),
    contentType: secret_props.contentType,
    kid: `${vault.origin()}/keys/${certificate.name}/${certificate.version}`,
  };
}
