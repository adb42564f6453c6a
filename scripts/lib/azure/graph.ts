import type { TokenCredential } from "@azure/identity";
import {
  Client,
  type Context,
  GraphClientError,
  type Middleware,
  MiddlewareFactory,
} from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials";
import type { Cloud } from "../../../components/clouds";

/**
 * A Microsoft Graph client for a cloud. Throttling (429) and unavailability (503, 504) are retried a few times by the client
 * itself, as long as the service says. A request that got no answer fails with its cause.
 */
export function graphClient(cloud: Cloud, credential: TokenCredential): Client {
  const authProvider = new TokenCredentialAuthenticationProvider(credential, {
    scopes: [`${cloud.graph}/.default`],
  });
  return Client.initWithMiddleware({
    middleware: [new CauseKeeper(), ...MiddlewareFactory.getDefaultMiddlewareChain(authProvider)],
    baseUrl: cloud.graph,
    // Without its host here the client would send no token, and not say so.
    customHosts: new Set([new URL(cloud.graph).hostname, ...cloud.authority.graphHosts]),
  });
}

/** The client makes "fetch failed" of whatever went wrong on the way, unless the error is one of its own kind. */
class CauseKeeper implements Middleware {
  private next: Middleware | undefined;

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    try {
      await this.next?.execute(context);
    } catch (cause) {
      const error = new GraphClientError(cause instanceof Error ? cause.message : String(cause));
      throw Object.assign(error, { cause });
    }
  }
}

/** All entries of a collection, over all its pages. */
export async function listAll(client: Client, path: string): Promise<unknown[]> {
  const entries: unknown[] = [];
  let next: string | undefined = path;
  while (next) {
    const page: { value?: unknown[]; "@odata.nextLink"?: string } = await client.api(next).get();
    entries.push(...(page.value ?? []));
    next = page["@odata.nextLink"];
  }
  return entries;
}
