import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { ApiName, Caller, Clock, TenantSettings, Tokens } from "../types";
import { apiOfResource } from "./audiences";
import { TokenError } from "./errors";
import type { SigningKey } from "./signing-key";

export { apiOfResource, apisOf } from "./audiences";
export { TokenError } from "./errors";
export { loadSigningKey, type SigningKey } from "./signing-key";

const claimsSchema = z.object({
  oid: z.string(),
  tid: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number(),
  appid: z.string().optional(),
  azp: z.string().optional(),
  roles: z.array(z.string()).default([]),
});

const mostRemembered = 1_000;

/** Signs tokens with the tenant's key and checks those that come back. */
export class SignedTokens implements Tokens {
  readonly key: SigningKey;
  readonly #settings: TenantSettings;
  readonly #clock: Clock;
  /** Claims of tokens whose signature was right: a client sends the same one with every request. */
  readonly #verified = new Map<string, z.output<typeof claimsSchema>>();

  constructor(settings: TenantSettings, clock: Clock, key: SigningKey) {
    this.#settings = settings;
    this.#clock = clock;
    this.key = key;
  }

  /** Signs claims as RS256; times must be among them. */
  async sign(claims: Readonly<Record<string, unknown>>): Promise<string> {
    const { id } = this.key;
    return new SignJWT(claims)
      .setProtectedHeader({ typ: "JWT", alg: "RS256", kid: id, x5t: id })
      .sign(this.key.privateKey);
  }

  async verify(authorization: string | undefined, api: ApiName): Promise<Caller> {
    const token = bearerToken(authorization);
    const claims = await this.#checkedClaims(token);
    if (apiOfResource(this.#settings.origin, claims.aud)?.name !== api) throw new TokenError("audience");
    return {
      objectId: claims.oid,
      clientId: claims.appid ?? claims.azp ?? "",
      tenantId: claims.tid,
      audience: claims.aud,
      roles: claims.roles,
    };
  }

  async #checkedClaims(token: string): Promise<z.output<typeof claimsSchema>> {
    const seconds = Math.floor(this.#clock.now() / 1000);
    const verified = this.#verified.get(token);
    if (verified !== undefined && verified.nbf <= seconds && seconds < verified.exp) return verified;
    try {
      const { payload } = await jwtVerify(token, this.key.publicKey, {
        algorithms: ["RS256"],
        currentDate: new Date(this.#clock.now()),
      });
      const claims = claimsSchema.parse(payload);
      if (this.#verified.size >= mostRemembered) this.#verified.clear();
      this.#verified.set(token, claims);
      return claims;
    } catch (error) {
      throw new TokenError(problemOf(error));
    }
  }
}

function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined || authorization.trim() === "") throw new TokenError("missing");
  const match = /^Bearer +(\S+)$/i.exec(authorization.trim());
  if (match?.[1] === undefined) throw new TokenError("malformed");
  return match[1];
}

function problemOf(error: unknown): "malformed" | "signature" | "expired" {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed)
    return "expired";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  return "malformed";
}
