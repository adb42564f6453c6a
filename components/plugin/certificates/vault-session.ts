import type { Cloud } from "../../clouds/cloud";
import { resolveCloud } from "../../clouds/resolve";
import type { Operation, PlainProperties } from "../serve";
import { signIn, type TokenSource } from "../sign-in";
import { VaultClient } from "./vault-client";

/** Opens vaults, signed in as who deploys. The cloud and the credential are found at the first vault. */
export interface VaultSession {
  open(vaultUri: string, operation: Operation): Promise<VaultClient>;
}

/** Thrown for a vault that is not in the cloud's own domain: no token is sent there. */
class ForeignVaultError extends Error {
  override readonly name = "ForeignVaultError";
}

/** A session for the provider's configuration (`cloud`) and the ARM_* environment. */
export function connectVaults(
  configuration: PlainProperties,
  environment: NodeJS.ProcessEnv = process.env,
): VaultSession {
  let ready: Promise<{ cloud: Cloud; tokens: TokenSource }> | undefined;
  const prepare = async () => {
    const name = typeof configuration.cloud === "string" ? configuration.cloud : "global";
    const cloud = await resolveCloud({ name, metadataHost: environment.ARM_METADATA_HOSTNAME });
    return { cloud, tokens: await signIn(cloud, environment) };
  };
  return {
    open: async (vaultUri, operation) => {
      ready ??= prepare();
      ready.catch(() => {
        ready = undefined;
      });
      const { cloud, tokens } = await ready;
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
