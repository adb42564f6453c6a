import { createKeyVaultApp } from "../../key-vault";
import { purgeVaultContent } from "../../key-vault/purge";
import type { ArmContext } from "../call";
import type { DeletedVault, Vault } from "../model";
import { removeExtensionsWithin } from "../roles/assignment";
import { vaultPath } from "./vault-path";

const day = 86_400_000;

/** Stores a vault and serves its data plane. */
export async function openVault({ tenant, resources }: ArmContext, vault: Vault): Promise<Vault> {
  await tenant.ports.open(vault.id, createKeyVaultApp(tenant, vault.id));
  return resources.vaults.put(vault);
}

/** Soft-deletes a vault: its name and content are kept until it is purged, its role assignments are not. */
export async function deleteVault({ tenant, resources }: ArmContext, vault: Vault): Promise<void> {
  const deletedAt = tenant.clock.now();
  const scheduledPurgeAt = deletedAt + vault.properties.softDeleteRetentionInDays * day;
  resources.deletedVaults.put({ id: vault.id, vault, deletedAt, scheduledPurgeAt });
  resources.vaults.delete(vault.id);
  removeExtensionsWithin(resources, vaultPath(vault));
  await tenant.ports.close(vault.id);
}

/** Forgets a deleted vault and all that was in it. */
export function purgeVault({ tenant, resources }: ArmContext, { id }: DeletedVault): void {
  resources.deletedVaults.delete(id);
  purgeVaultContent(tenant.store, id);
}
