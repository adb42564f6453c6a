import type { TenantSettings } from "../core/types";

const hour = 3600;

/**
 * The token by which the proxy speaks to Azurite, which asks for Microsoft's v1.0 issuer and the machine's time and looks
 * at no signature.
 */
export class AzuriteToken {
  readonly #settings: Pick<TenantSettings, "tenantId">;
  #token = "";
  #goodUntil = 0;

  constructor(settings: Pick<TenantSettings, "tenantId">) {
    this.#settings = settings;
  }

  /** The value of an `Authorization` header, without the scheme. */
  get(): string {
    const now = Date.now();
    if (now >= this.#goodUntil) {
      this.#token = this.#make(Math.floor(now / 1000));
      this.#goodUntil = now + hour * 1000;
    }
    return this.#token;
  }

  #make(now: number): string {
    const claims = {
      aud: "https://storage.azure.com",
      iss: `https://sts.windows.net/${this.#settings.tenantId}/`,
      ...{ iat: now - hour, nbf: now - hour, exp: now + 2 * hour },
    };
    const [header, payload] = [{ typ: "JWT", alg: "none" }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    return `${header}.${payload}.unsigned`;
  }
}
