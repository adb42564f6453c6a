import type { SignedTokens } from "../core/tokens";
import type { Tenant } from "../core/types";

/** A tenant whose tokens can be signed, not only checked: what the login service needs. */
export interface IssuingTenant extends Tenant {
  readonly tokens: SignedTokens;
}
