/** What is wrong with an entry although each of its settings is fine by itself. */
import type { ConnectorSettings } from "../../components/permissions/settings";
import { slugOf } from "../../components/permissions/slug";
import { didYouMean } from "../../components/permissions/suggestion";
import { profiles } from "../../components/profiles";
import type { Profile } from "../../components/profiles/profile";
import { given, isGroup } from "./check";
import { connectorShape } from "./common";
import type { MergedEntry } from "./merge";
import type { Problems } from "./problems";

const commonSettings: readonly string[] = [...Object.keys(connectorShape), "credentials"];

/** Every setting of every profile, which is what `defaults` and `sourceGroups` may hold. */
export function allSettings(): readonly string[] {
  return [
    ...new Set([...commonSettings, ...profiles.flatMap((profile) => Object.keys(profile.options.shape))]),
  ];
}

/** Names that differ only in case or punctuation would share resource names, so they are duplicates too. */
export function refuseDuplicates(entries: readonly unknown[], problems: Problems): void {
  const seen = new Map<string, number>();
  entries.forEach((entry, index) => {
    if (!isGroup(entry) || typeof entry.name !== "string") return;
    const slug = slugOf(entry.name);
    const first = seen.get(slug);
    if (first === undefined) seen.set(slug, index);
    else {
      problems.add(
        `connectors[${index}].name`,
        `${given(entry.name)} has the same short name "${slug}" as connectors[${first}].`,
        "Give every entry a name of its own.",
      );
    }
  });
}

/** Settings that the entry's profile does not have. */
export function refuseUnknown(entry: MergedEntry, profile: Profile | undefined, problems: Problems): void {
  const own =
    profile === undefined ? allSettings() : [...commonSettings, ...Object.keys(profile.options.shape)];
  for (const setting of Object.keys(entry.values)) {
    if (own.includes(setting) || !entry.isOwn(setting)) continue;
    const others = profiles
      .filter(({ options }) => Object.hasOwn(options.shape, setting))
      .map(({ id }) => id);
    if (others.length === 0) {
      problems.add(entry.pathOf(setting), `unknown setting.${didYouMean(setting, own)}`);
    } else {
      problems.add(
        entry.pathOf(setting),
        `is a setting of ${others.join(", ")}; ${profile?.id ?? "this profile"} has none of that name.`,
      );
    }
  }
}

/** What the settings of an entry say against each other or against its profile. */
export function refuseContradictions(
  connector: ConnectorSettings,
  profile: Profile,
  entry: MergedEntry,
  problems: Problems,
): void {
  if (!profile.access.includes(connector.access)) {
    problems.add(
      entry.pathOf("access"),
      `${profile.title} is ${profile.access.join(" or ")}, not ${connector.access}.`,
      "Leave access out.",
    );
  }
  if (connector.permissions === "documented" && profile.documented(connector) === undefined) {
    problems.add(
      entry.pathOf("permissions"),
      `there is no printed list for ${profile.id}.`,
      "Leave permissions out.",
    );
  }
  for (const { setting, message, advice } of profile.contradictions(connector)) {
    problems.add(entry.pathOf(setting), message, advice);
  }
}

/** Settings that make sense for a read-write connector only. */
export function refuseReadWriteOptions(profile: Profile, entry: MergedEntry, problems: Problems): void {
  const { access } = entry.values;
  if (access !== undefined && access !== "read-only") return;
  for (const [setting, reason] of Object.entries(profile.readWriteOptions)) {
    const value = entry.values[setting];
    const off = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
    if (!off) problems.add(entry.pathOf(setting), "needs access: read-write (it is read-only).", reason);
  }
}
