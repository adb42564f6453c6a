import { resourcePath } from "../ids";
import type { Vault } from "../model";

/** Type of a vault. */
export const vaultType = "Microsoft.KeyVault/vaults";

/** The id of a vault as Azure writes it. */
export function vaultPath({ subscriptionId, resourceGroup, name }: Vault): string {
  return resourcePath(subscriptionId, resourceGroup, vaultType, name);
}
