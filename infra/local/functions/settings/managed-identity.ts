/** Tokens of the app's managed identities, by the endpoint that App Service gives every app. */
import { type Dispatcher, fetch } from "undici";
import { z } from "zod";

/** The endpoint and the header that names the site. */
export interface IdentityEndpoint {
  readonly endpoint: string;
  readonly header: string;
}

/** Which of the app's identities; neither: the system-assigned one. */
export interface IdentityName {
  readonly clientId?: string | undefined;
  readonly resourceId?: string | undefined;
}

/** The platform could not get a token of the identity. */
class ManagedIdentityError extends Error {
  override readonly name = "ManagedIdentityError";
}

const tokenSchema = z.object({ access_token: z.string(), expires_on: z.coerce.number() });
/** A token is asked for anew so long before its end. */
const renewBefore = 300_000;

/** Tokens for the host itself: listeners and Key Vault references. Kept until shortly before they expire. */
export class ManagedIdentity {
  readonly #tokens = new Map<string, Promise<{ token: string; expiresOnTimestamp: number }>>();

  constructor(
    private readonly endpoint: IdentityEndpoint,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** @throws ManagedIdentityError */
  async token(resource: string, name: IdentityName): Promise<{ token: string; expiresOnTimestamp: number }> {
    const key = JSON.stringify([resource, name]);
    const kept = await this.#tokens.get(key)?.catch(() => undefined);
    if (kept !== undefined && kept.expiresOnTimestamp > Date.now() + renewBefore) return kept;
    const asked = this.#ask(resource, name);
    this.#tokens.set(key, asked);
    return asked;
  }

  async #ask(resource: string, name: IdentityName): Promise<{ token: string; expiresOnTimestamp: number }> {
    const url = new URL(this.endpoint.endpoint);
    url.searchParams.set("api-version", "2019-08-01");
    url.searchParams.set("resource", resource);
    if (name.clientId !== undefined) url.searchParams.set("client_id", name.clientId);
    else if (name.resourceId !== undefined) url.searchParams.set("mi_res_id", name.resourceId);
    const response = await fetch(url, {
      headers: { "x-identity-header": this.endpoint.header },
      dispatcher: this.dispatcher,
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const parsed = response.ok ? tokenSchema.safeParse(JSON.parse(text)) : undefined;
    if (parsed?.success !== true)
      throw new ManagedIdentityError(
        `The identity endpoint gives no token for ${resource}: ${response.status}.`,
      );
    return { token: parsed.data.access_token, expiresOnTimestamp: parsed.data.expires_on * 1000 };
  }
}
