/** Entries that bring a second registration along: from here on each of the two is an entry like any other. */
import type { ConnectorSettings } from "../../components/permissions/settings";
import { findProfile } from "../../components/profiles";
import type { ParsedEntry } from "./connectors";
import type { Problems } from "./problems";

/** Key Vault takes names of 127 characters, of which kind and slot need some. */
const longestName = 100;

/** Every entry followed by those that come with it. What is wrong with those is told at the settings that bring them. */
export function withCompanions(
  entries: readonly ParsedEntry[],
  asOf: string,
  problems: Problems,
): readonly ParsedEntry[] {
  const slugs = new Set(entries.map(({ connector }) => connector.slug));
  return entries.flatMap((entry) => {
    const companions = findProfile(entry.connector.profile).companions(entry.connector);
    for (const companion of companions) {
      refuseName(companion, entry, slugs, problems);
      refuseFuture(companion, entry, asOf, problems);
    }
    return [entry, ...companions.map((connector) => ({ connector, pathOf: entry.pathOf }))];
  });
}

function refuseName(
  { name, slug }: ConnectorSettings,
  { connector, pathOf }: ParsedEntry,
  slugs: ReadonlySet<string>,
  problems: Problems,
): void {
  if (slugs.has(slug)) {
    problems.add(pathOf("name"), `brings along "${name}", and another entry has that name.`, "Rename one.");
  } else if (name.length > longestName) {
    const most = longestName - (name.length - connector.name.length);
    problems.add(pathOf("name"), `is too long beside the "${name}" that it brings: at most ${most}.`);
  }
}

function refuseFuture(
  { credentials }: ConnectorSettings,
  { pathOf }: ParsedEntry,
  asOf: string,
  problems: Problems,
): void {
  for (const credential of credentials) {
    if (!("anchor" in credential) || credential.anchor <= asOf) continue;
    problems.add(
      pathOf("prepareMailboxAuditingSince"),
      `${credential.anchor.slice(0, 10)} lies in the future: the secret would not be valid yet.`,
      "Write the day on which you switch it on.",
    );
  }
}
