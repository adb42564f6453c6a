/** What the vault's middleware leaves for its handlers. */
import type { Caller } from "../core/types";

export interface VaultEnvironment {
  Variables: { caller: Caller };
}
