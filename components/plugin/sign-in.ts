import type { Cloud } from "../clouds/cloud";

/** Gives an access token for a scope. */
export type TokenSource = (scope: string, signal: AbortSignal) => Promise<string>;

/** Thrown when no access token could be had. */
class SignInError extends Error {
  override readonly name = "SignInError";
}

/**
 * Signs in as who deploys: the client secret of ARM_TENANT_ID, ARM_CLIENT_ID and ARM_CLIENT_SECRET (or their
 * AZURE_* names) when all three are set, else what DefaultAzureCredential finds (workload identity, managed
 * identity, Azure CLI).
 */
export async function signIn(
  cloud: Cloud,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<TokenSource> {
  // Loaded here because it takes a third of a second that plans without vault changes need not spend.
  const { ClientSecretCredential, DefaultAzureCredential } = await import("@azure/identity");
  const options = {
    authorityHost: cloud.login,
    disableInstanceDiscovery: !cloud.authority.instanceDiscovery,
  };
  const tenantId = environment.ARM_TENANT_ID ?? environment.AZURE_TENANT_ID;
  const clientId = environment.ARM_CLIENT_ID ?? environment.AZURE_CLIENT_ID;
  const secret = environment.ARM_CLIENT_SECRET ?? environment.AZURE_CLIENT_SECRET;
  const credential =
    tenantId && clientId && secret
      ? new ClientSecretCredential(tenantId, clientId, secret, options)
      : new DefaultAzureCredential({ authorityHost: cloud.login, ...(tenantId ? { tenantId } : {}) });
  return async (scope, abortSignal) => {
    try {
      return (await credential.getToken(scope, { abortSignal })).token;
    } catch (cause) {
      const [line] = (cause instanceof Error ? cause.message : String(cause)).split(/\r?\n/, 1);
      throw new SignInError(
        `Signing in for ${scope} failed: ${line}. Check ARM_TENANT_ID, ARM_CLIENT_ID and ARM_CLIENT_SECRET, or sign in with \`az login\`.`,
        { cause },
      );
    }
  };
}
