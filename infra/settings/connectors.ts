/** The connector entries: each joined with what it inherits, checked by the common schema and its profile's. */
import type { z } from "zod";
import type { Cloud } from "../../components/clouds/cloud";
import { UnknownCloudError } from "../../components/clouds/errors";
import { cloudByName, withGraphDomain } from "../../components/clouds/resolve";
import { instant } from "../../components/permissions/instant";
import type { ConnectorSettings, OptionValue, ProfileOptions } from "../../components/permissions/settings";
import { slugOf } from "../../components/permissions/slug";
import { didYouMean } from "../../components/permissions/suggestion";
import { findProfile, profileIds } from "../../components/profiles";
import type { Profile } from "../../components/profiles/profile";
import { check, given, isGroup, joinPath } from "./check";
import { connectorShape } from "./common";
import {
  refuseContradictions,
  refuseDuplicates,
  refuseReadWriteOptions,
  refuseUnknown,
} from "./contradictions";
import { parseCredentials } from "./credentials";
import { type MergedEntry, mergeEntry, type Shared } from "./merge";
import type { Problems } from "./problems";
import type { FileReader } from "./vendor-certificate";

/** Settings of the stack that entries fall back to. */
export interface StackDefaults {
  readonly tenantId: string | undefined;
  /** A tenant is given, even if it did not parse: then it is not missing as well. */
  readonly tenantIsGiven: boolean;
  readonly cloud: string;
  readonly graphDomain: string | undefined;
}

/** What the parsing of entries needs to know. */
export interface EntryContext {
  readonly stack: StackDefaults;
  readonly shared: Shared;
  readonly asOf: string;
  readonly fileReader: FileReader;
  readonly problems: Problems;
}

/** An entry that parsed, with where its settings stand, so that later findings can name the place. */
export interface ParsedEntry {
  readonly connector: ConnectorSettings;
  readonly pathOf: (setting: string) => string;
  /** ISO date-time from which the entry's slots are counted, where it gives one. */
  readonly anchor?: string | undefined;
}

/**
 * Parses the list. An entry whose problems leave no doubt about what it asks for is answered all the same, so that what it
 * must acknowledge is said at once.
 */
export function parseEntries(raw: unknown, context: EntryContext): readonly ParsedEntry[] {
  const { problems } = context;
  if (raw === undefined || raw === null || (Array.isArray(raw) && raw.length === 0)) {
    problems.add(
      "connectors",
      "is empty.",
      `Add an entry with a profile and a name. Profiles: ${profileIds.join(", ")}.`,
    );
    return [];
  }
  if (!Array.isArray(raw)) {
    problems.add("connectors", `must be a list, not ${given(raw)}.`);
    return [];
  }
  refuseDuplicates(raw, problems);
  return raw.flatMap((item: unknown, index) => {
    const path = joinPath("connectors", index);
    if (!isGroup(item)) {
      problems.add(path, `must be a group of settings, not ${given(item)}.`);
      return [];
    }
    const entry = mergeEntry(item, path, context.shared, problems);
    const connector = parseEntry(entry, context);
    const anchor = instant.safeParse(entry.values.anchor).data;
    return connector === undefined ? [] : [{ connector, pathOf: entry.pathOf, anchor }];
  });
}

function parseEntry(entry: MergedEntry, context: EntryContext): ConnectorSettings | undefined {
  const profile = profileOf(entry, context.problems);
  refuseUnknown(entry, profile, context.problems);
  if (profile !== undefined) refuseReadWriteOptions(profile, entry, context.problems);
  const common = parseCommon(entry, context.problems);
  if (profile === undefined) return undefined;
  const options = parseOptions(entry, profile, context.problems);
  const tenantId = common?.tenantId ?? (entry.values.tenantId === undefined ? tenantOf(context) : undefined);
  const cloud = common === undefined ? undefined : cloudOf(common, entry, context);
  const credentials = parseCredentials(entry.values.credentials, {
    profile,
    path: entry.pathOf("credentials"),
    anchor: common?.anchor,
    asOf: context.asOf,
    federatedAudience: cloud?.federatedAudience ?? "",
    fileReader: context.fileReader,
    problems: context.problems,
  });
  if (common === undefined || options === undefined || cloud === undefined || credentials === undefined) {
    return undefined;
  }
  const { anchor: _, graphDomain = context.stack.graphDomain, ...settings } = common;
  const connector: ConnectorSettings = withoutUndefined({
    ...settings,
    slug: slugOf(settings.name),
    profile: profile.id,
    // Without a tenant there is a problem already; what the entry asks for does not depend on it.
    tenantId: tenantId ?? "",
    cloud: cloud.name,
    graphDomain,
    credentials,
    options,
  });
  refuseContradictions(connector, profile, entry, context.problems);
  return connector;
}

function profileOf(entry: MergedEntry, problems: Problems): Profile | undefined {
  const id = entry.values.profile;
  if (typeof id !== "string") return undefined;
  if (profileIds.includes(id)) return findProfile(id);
  problems.add(
    entry.pathOf("profile"),
    `${given(id)} is no profile.${didYouMean(id, profileIds)}`,
    `Profiles: ${profileIds.join(", ")}.`,
  );
  return undefined;
}

type Common = z.output<z.ZodObject<typeof connectorShape>>;

/** Each setting is checked alone, so that a problem names the place that the setting came from. */
function parseCommon(entry: MergedEntry, problems: Problems): Common | undefined {
  return parseShape(connectorShape, entry, problems) as Common | undefined;
}

function parseOptions(entry: MergedEntry, profile: Profile, problems: Problems): ProfileOptions | undefined {
  const parsed = parseShape(profile.options.shape, entry, problems);
  return parsed === undefined
    ? undefined
    : (withoutUndefined(parsed) as Readonly<Record<string, OptionValue>>);
}

function parseShape(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  entry: MergedEntry,
  problems: Problems,
): Readonly<Record<string, unknown>> | undefined {
  const before = problems.list.length;
  const parsed = Object.entries(shape).map(([setting, schema]) => [
    setting,
    check(schema as z.ZodType, entry.values[setting], entry.pathOf(setting), problems),
  ]);
  return problems.list.length > before ? undefined : Object.fromEntries(parsed);
}

function tenantOf({ stack, problems }: EntryContext): string | undefined {
  if (!stack.tenantIsGiven) {
    problems.add(
      "tenantId",
      "is missing.",
      "Set it for the stack, or on every connector: a GUID or a domain of the tenant.",
    );
  }
  return stack.tenantId;
}

/** The cloud that the entry really talks to: a Graph domain brings its own login and token scope along. */
function cloudOf(common: Common, entry: MergedEntry, { stack, problems }: EntryContext): Cloud | undefined {
  const graphDomain = common.graphDomain ?? stack.graphDomain;
  try {
    return withGraphDomain(cloudByName(common.cloud ?? stack.cloud), graphDomain);
  } catch (error) {
    if (!(error instanceof UnknownCloudError)) throw error;
    const place = entry.values.graphDomain === undefined ? "graphDomain" : entry.pathOf("graphDomain");
    problems.add(place, error.message);
    return undefined;
  }
}

/** The same object without the keys that hold nothing. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
