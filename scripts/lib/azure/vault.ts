import type { TokenCredential } from "@azure/identity";
import type { Cloud } from "../../../components/clouds";

/**
 * Reads the value of a secret from a Key Vault.
 * @param vaultUri for example `https://contoso.vault.azure.net/`
 */
export async function readSecret(
  place: { readonly vaultUri: string; readonly secretName: string },
  cloud: Cloud,
  credential: TokenCredential,
): Promise<string> {
  const { SecretClient } = await import("@azure/keyvault-secrets");
  const client = new SecretClient(place.vaultUri, credential, {
    disableChallengeResourceVerification: !cloud.authority.verifyVaultChallenge,
  });
  const secret = await client.getSecret(place.secretName);
  return secret.value ?? "";
}
