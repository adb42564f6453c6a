import type { AppRole } from "../model";

/** An application of Microsoft's own, present in every tenant or creatable there by its appId alone. */
export interface FirstPartyApp {
  readonly appId: string;
  readonly displayName: string;
  /** Empty where this project knows none; Microsoft Graph's roles are in a table of their own. */
  readonly appRoles: readonly AppRole[];
}
