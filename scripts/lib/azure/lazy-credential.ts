import type { TokenCredential } from "@azure/identity";

const load = () => import("@azure/identity");

/**
 * A credential that is made when its first token is asked for. Loading @azure/identity takes longer than all the rest of
 * most commands, and many of them sign in nowhere.
 */
export function lazyCredential(
  make: (identity: Awaited<ReturnType<typeof load>>) => TokenCredential,
): TokenCredential {
  let made: Promise<TokenCredential> | undefined;
  return {
    getToken: async (scopes, options) => {
      made ??= load().then(make);
      return (await made).getToken(scopes, options);
    },
  };
}
