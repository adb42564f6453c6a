/** Who uses what: every capability that some setting of some profile chooses. */
import { findProfile, profiles } from "../../profiles";
import type { Choice, Profile } from "../../profiles/profile";
import type { Capability } from "../capabilities/capability";
import type { Access, ConnectorSettings } from "../settings";
import { sampleEntry } from "./entry";
import { optionVariants } from "./variants";

/** A setting of a profile that chooses a capability. */
export interface Use {
  readonly profile: string;
  /** The least access with which it does. */
  readonly access: Access;
  /** Name of the setting; `profile` where the product always does it. */
  readonly setting: string;
  /** The setting with its value, as it is written: "`provision: groups`". */
  readonly because: string;
  /** Further settings that it takes, as they are written. */
  readonly also: readonly string[];
  /** True when an entry without any setting of its own has it. */
  readonly byDefault: boolean;
  readonly capability: Capability;
}

/** Everything that a profile's settings can choose, read-only first, what it does by default before what is switched on. */
export function usesOfProfile(profile: Profile): readonly Use[] {
  const uses = new Map<string, Use>();
  const variants = optionVariants(profile.options);
  const accesses = [...profile.access].sort();
  for (const access of accesses) {
    for (const options of variants) {
      const entry = sampleEntry(profile, access, options);
      if (profile.contradictions(entry).length > 0) continue;
      for (const choice of choicesOf(profile, entry)) {
        const key = `${choice.capability.id} ${choice.because}`;
        if (!uses.has(key)) uses.set(key, useOf(choice, entry));
      }
    }
  }
  return [...uses.values()];
}

/** What an entry chooses, itself and by the registrations that come with it. */
function choicesOf(profile: Profile, entry: ConnectorSettings): readonly Choice[] {
  const companions = profile.companions(entry);
  return [...profile.choose(entry), ...companions.flatMap((one) => findProfile(one.profile).choose(one))];
}

function useOf(choice: Choice, { profile, access, options }: ConnectorSettings): Use {
  const [setting = choice.setting] = choice.because.split(/[.:]/);
  const also = Object.entries(options)
    .filter(([name]) => name !== setting)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return { ...choice, profile, access, also, byDefault: Object.keys(options).length === 0 };
}

let known: readonly Use[] | undefined;

/** The uses of all profiles. `custom` is left out: it can choose anything. */
export function allUses(): readonly Use[] {
  known ??= profiles.filter(({ id }) => id !== "custom").flatMap(usesOfProfile);
  return known;
}
