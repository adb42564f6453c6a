import type { Store } from "../core/types";
import { openVaultCollections } from "./model";

/** Forgets all that a vault holds or held: what purging the vault itself means. */
export function purgeVaultContent(store: Store, vaultName: string): void {
  const { secrets, certificates, deleted } = openVaultCollections(store);
  for (const collection of [secrets, certificates, deleted]) {
    for (const { id } of [...collection.by("vault", vaultName.toLowerCase())]) collection.delete(id);
  }
}
