import { decodeJwt } from "jose";
import { z } from "zod";
import type { SignInSettings } from "./settings";
import type { Limits } from "./time";
import type { Transport } from "./transport";

const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.coerce.number() });

/** An access token and what is read from it. */
export interface AccessToken {
  readonly value: string;
  /** The caller's service principal (claim `oid`). */
  readonly objectId: string;
  readonly expiresAt: number;
}

const RENEW_BEFORE = 300_000;

/** Gets access tokens by client secret, one per scope, and renews them before they expire. */
export class Tokens {
  readonly #cache = new Map<string, Promise<AccessToken>>();

  constructor(
    private readonly transport: Transport,
    private readonly login: string,
    private readonly settings: SignInSettings,
  ) {}

  async get(scope: string, limits: Limits): Promise<AccessToken> {
    const known = await this.#cache.get(scope);
    if (known !== undefined && known.expiresAt - RENEW_BEFORE > Date.now()) return known;
    const fresh = this.#request(scope, limits);
    this.#cache.set(scope, fresh);
    // A failed sign-in is not kept: the next operation tries again.
    fresh.catch(() => this.#cache.delete(scope));
    return fresh;
  }

  async #request(scope: string, limits: Limits): Promise<AccessToken> {
    const answer = await this.transport.send(
      {
        method: "POST",
        url: `${this.login}/${this.settings.tenantId}/oauth2/v2.0/token`,
        headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
        body: new URLSearchParams({
          client_id: this.settings.clientId,
          client_secret: this.settings.clientSecret,
          grant_type: "client_credentials",
          scope,
        }).toString(),
      },
      limits,
    );
    const { access_token: value, expires_in: seconds } = tokenAnswer.parse(answer.body);
    const { oid } = decodeJwt(value);
    return { value, objectId: typeof oid === "string" ? oid : "", expiresAt: Date.now() + seconds * 1000 };
  }
}
