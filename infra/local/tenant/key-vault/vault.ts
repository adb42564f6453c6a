/** One vault: its items and what its resource says about it. */

import { findVault } from "../arm/vaults";
import type { Tenant } from "../core/types";
import { VaultError } from "./errors";
import { Items } from "./items";
import { type CertificateVersion, openVaultCollections, type SecretVersion } from "./model";
import { Sealing } from "./sealing";

/** What the handlers of one vault work with. */
export interface Vault {
  readonly tenant: Tenant;
  readonly name: string;
  /** `https://127.0.0.1:<port>`: ids begin with it. */
  readonly origin: () => string;
  readonly secrets: Items<SecretVersion>;
  readonly certificates: Items<CertificateVersion>;
  readonly sealing: Sealing;
  /** Id of the ARM resource. @throws VaultError 404 when the vault was deleted */
  readonly resourceId: () => string;
  readonly purgeProtected: () => boolean;
  /** Seconds of the tenant's clock. */
  readonly now: () => number;
}

/** Opens a vault by its name. */
export function openVault(tenant: Tenant, vaultName: string): Vault {
  const name = vaultName.toLowerCase();
  const { secrets, certificates, deleted } = openVaultCollections(tenant.store);
  const now = () => Math.floor(tenant.clock.now() / 1000);
  const resource = () => {
    const found = findVault(tenant, name);
    if (found === undefined)
      throw new VaultError(404, "VaultNotFound", `The vault ${vaultName} was not found.`);
    return found;
  };
  return {
    tenant,
    name,
    origin: () => tenant.ports.origin(name) ?? "",
    secrets: new Items("secret", name, secrets, deleted, now),
    certificates: new Items("certificate", name, certificates, deleted, now),
    sealing: new Sealing(tenant.settings.directory),
    resourceId: () => resource().id,
    purgeProtected: () => resource().purgeProtection,
    now,
  };
}
