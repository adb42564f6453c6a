import { didYouMean } from "../permissions/suggestion";
import { conductorOne } from "./conductorone";
import { netwrixIdentityManager } from "./netwrix-identity-manager";
import type { Profile } from "./profile";

/** Every connector product, in the order the documentation lists them. */
export const profiles: readonly Profile[] = [netwrixIdentityManager, conductorOne];

export const profileIds: readonly string[] = profiles.map((profile) => profile.id);

const byId = new Map(profiles.map((profile) => [profile.id, profile]));

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
