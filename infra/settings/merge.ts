/** Defaults, source groups and the entry itself, joined into one; the entry wins over its group, the group over the defaults. */
import { didYouMean } from "../../components/permissions/suggestion";
import { given, isGroup, joinPath } from "./check";
import type { Problems } from "./problems";

/** The settings of one entry after joining, each with the place it came from. */
export interface MergedEntry {
  readonly values: Readonly<Record<string, unknown>>;
  /** Path of a setting as the user wrote it: in the entry, its group or the defaults. */
  readonly pathOf: (setting: string) => string;
  /** True when the entry itself has the setting, not a group that serves several profiles. */
  readonly isOwn: (setting: string) => boolean;
}

/** What entries may inherit from. */
export interface Shared {
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly sourceGroups: Readonly<Record<string, unknown>>;
}

/** An entry is itself: these cannot be inherited. */
const notInherited: readonly string[] = ["name", "sourceGroup"];

/** Reads `defaults` and `sourceGroups`; `known` are the names of all settings of all profiles. */
export function readShared(
  rawDefaults: unknown,
  rawGroups: unknown,
  known: readonly string[],
  problems: Problems,
): Shared {
  const defaults = readGroup(rawDefaults, "defaults", known, problems);
  const sourceGroups = readObject(rawGroups, "sourceGroups", problems);
  const read = Object.entries(sourceGroups).map(([name, group]) => [
    name,
    readGroup(group, joinPath("sourceGroups", name), known, problems),
  ]);
  return { defaults, sourceGroups: Object.fromEntries(read) };
}

function readGroup(
  raw: unknown,
  path: string,
  known: readonly string[],
  problems: Problems,
): Readonly<Record<string, unknown>> {
  const group = readObject(raw, path, problems);
  const inheritable = known.filter((setting) => !notInherited.includes(setting));
  for (const setting of Object.keys(group)) {
    if (notInherited.includes(setting)) {
      problems.add(joinPath(path, setting), "belongs to the entry itself and can't be shared.");
    } else if (!inheritable.includes(setting)) {
      problems.add(joinPath(path, setting), `unknown setting.${didYouMean(setting, inheritable)}`);
    }
  }
  return group;
}

/** An object's own settings; anything else is a problem and counts as none. Absent is fine. */
function readObject(raw: unknown, path: string, problems: Problems): Readonly<Record<string, unknown>> {
  if (raw === undefined || raw === null) return {};
  if (isGroup(raw)) return raw;
  problems.add(path, `must be a group of settings, not ${given(raw, path)}.`);
  return {};
}

/** Joins an entry with what it inherits. */
export function mergeEntry(
  entry: Readonly<Record<string, unknown>>,
  path: string,
  shared: Shared,
  problems: Problems,
): MergedEntry {
  const groupName = entry.sourceGroup;
  const names = Object.keys(shared.sourceGroups);
  const hasGroup = typeof groupName === "string" && names.includes(groupName);
  if (typeof groupName === "string" && !hasGroup) {
    const advice = names.length === 0 ? "Declare it under sourceGroups." : `Groups: ${names.join(", ")}.`;
    problems.add(
      joinPath(path, "sourceGroup"),
      `${given(groupName)} is not declared under sourceGroups.${didYouMean(groupName, names)}`,
      advice,
    );
  }
  const group = hasGroup ? shared.sourceGroups[groupName] : undefined;
  const layers: readonly (readonly [string, unknown])[] = [
    ["defaults", shared.defaults],
    [hasGroup ? joinPath("sourceGroups", groupName) : "sourceGroups", group],
    [path, entry],
  ];
  const values: Record<string, unknown> = Object.create(null);
  const origins = new Map<string, string>();
  for (const [origin, layer] of layers) {
    if (!isGroup(layer)) continue;
    for (const [setting, value] of Object.entries(layer)) {
      if (value === undefined) continue;
      values[setting] = value;
      origins.set(setting, origin);
    }
  }
  return {
    values,
    pathOf: (setting) => joinPath(origins.get(setting) ?? path, setting),
    isOwn: (setting) => origins.get(setting) === path,
  };
}
