import type { Cloud } from "../../clouds/cloud";
import type { Operation } from "../serve";
import type { SignedInCloud } from "../signed-in-cloud";
import { VaultClient } from "./vault-client";

/** Opens vaults, signed in as who deploys. */
export interface VaultSession {
  open(vaultUri: string, operation: Operation): Promise<VaultClient>;
}

/** Thrown for a vault that is not in the cloud's own domain: no token is sent there. */
class ForeignVaultError extends Error {
  override readonly name = "ForeignVaultError";
}

/** Vaults of the cloud that `signedIn` finds. */
export function connectVaults(signedIn: () => Promise<SignedInCloud>): VaultSession {
  return {
    open: async (vaultUri, operation) => {
      const { cloud, tokens } = await signedIn();
      refuseForeignVault(new URL(vaultUri), cloud);
      const scope = cloud.authority.verifyVaultChallenge
        ? `https://${cloud.keyVaultSuffix}/.default`
        : "https://vault.azure.net/.default";
      return new VaultClient(vaultUri.replace(/\/+$/, ""), () => tokens(scope, operation.signal), operation);
    },
  };
}

function refuseForeignVault(vault: URL, cloud: Cloud): void {
  if (!cloud.authority.verifyVaultChallenge) return;
  if (vault.protocol === "https:" && vault.host.endsWith(`.${cloud.keyVaultSuffix}`)) return;
  throw new ForeignVaultError(
    `The vault ${vault.origin} is not in the cloud ${cloud.name}, whose vaults end in .${cloud.keyVaultSuffix}. Check vaultUri and the setting \`cloud\`.`,
  );
}
