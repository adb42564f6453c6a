import type { DocumentedList, Profile } from "../../profiles/profile";
import type { Access } from "../settings";
import { sampleEntry } from "./entry";
import { optionVariants } from "./variants";

/** A vendor's printed list with the access that it is for. */
export interface PrintedList extends DocumentedList {
  readonly access: Access;
}

/** Every list that the vendor prints, each once and as long as any settings make it. */
export function printedLists(profile: Profile): readonly PrintedList[] {
  const lists = new Map<string, PrintedList>();
  for (const access of [...profile.access].sort()) {
    for (const options of optionVariants(profile.options)) {
      const list = profile.documented(sampleEntry(profile, access, options));
      if (list === undefined) continue;
      const key = `${access} ${list.title}`;
      const longest = lists.get(key);
      if (longest === undefined || lengthOf(list) > lengthOf(longest)) lists.set(key, { ...list, access });
    }
  }
  return [...lists.values()];
}

function lengthOf({ roles, directoryRoles }: DocumentedList): number {
  return roles.length + directoryRoles.length;
}
