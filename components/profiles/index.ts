import { didYouMean } from "../permissions/suggestion";
import { collector } from "./collector";
import { conductorOne } from "./conductorone";
import { custom } from "./custom";
import { mailboxAuditSetUp } from "./mailbox-audit-set-up";
import { netwrix1SecureEntraId } from "./netwrix-1secure-entra-id";
import { netwrix1SecureExchangeOnline } from "./netwrix-1secure-exchange-online";
import { netwrixIdentityManager } from "./netwrix-identity-manager";
import { netwrixThreatManager } from "./netwrix-threat-manager";
import type { Profile } from "./profile";

/** Every connector product that an entry can name, in the order the documentation lists them. */
export const profiles: readonly Profile[] = [
  netwrix1SecureEntraId,
  netwrix1SecureExchangeOnline,
  netwrixThreatManager,
  netwrixIdentityManager,
  conductorOne,
  collector,
  custom,
];

export const profileIds: readonly string[] = profiles.map((profile) => profile.id);

/** Profiles of the entries that others bring along: a settings file does not name them. */
const companions: readonly Profile[] = [mailboxAuditSetUp];

const byId = new Map([...profiles, ...companions].map((profile) => [profile.id, profile]));

/** A profile that this version does not have. */
export class UnknownProfileError extends Error {
  override readonly name = "UnknownProfileError";
}

/**
 * The profile with that id.
 * @throws UnknownProfileError with the id that was probably meant.
 */
export function findProfile(id: string): Profile {
  const profile = byId.get(id);
  if (profile !== undefined) return profile;
  throw new UnknownProfileError(
    `There is no profile "${id}".${didYouMean(id, profileIds)} Profiles: ${profileIds.join(", ")}.`,
  );
}
