/** Tokens of the function app's user-assigned identity. */
import type { TokenCredential } from "@azure/identity";

const identities = new Map<string, Promise<TokenCredential>>();

/**
 * @param audience of the token, for example `https://vault.azure.net`
 * @throws Error that says that the identity is the trouble
 */
export async function managedIdentityToken(identityClientId: string, audience: string): Promise<string> {
  const identity = identities.get(identityClientId) ?? load(identityClientId);
  identities.set(identityClientId, identity);
  const scope = `${audience.replace(/\/+$/, "")}/.default`;
  try {
    const answer = await (await identity).getToken(scope);
    if (answer !== null) return answer.token;
  } catch (cause) {
    throw new Error(
      `The function app's managed identity gave no token for ${audience}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  throw new Error(
    `The function app's managed identity gave no token for ${audience}. Check that it is assigned to the app.`,
  );
}

async function load(clientId: string): Promise<TokenCredential> {
  const { ManagedIdentityCredential } = await import("@azure/identity");
  return new ManagedIdentityCredential({ clientId });
}
