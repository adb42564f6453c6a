/** One profile: what its settings bring, the least that follows from them, and the vendor's printed list beside it. */
import type { Profile } from "../../profiles/profile";
import type { ConnectorManifest, RoleGrant } from "../manifest";
import { planConnector } from "../plan";
import type { Access } from "../settings";
import { sampleEntry } from "./entry";
import { type PrintedList, printedLists } from "./printed";
import { type Use, usesOfProfile } from "./uses";

/** What an entry asks for when it sets nothing but its access. */
export interface DefaultSet {
  readonly access: Access;
  readonly manifest: ConnectorManifest;
}

/** A vendor's printed list beside what the same access needs by default. */
export interface PrintedComparison {
  readonly list: PrintedList;
  /** Names of the list that the default set asks for too. */
  readonly kept: readonly string[];
  /** Names that the default set asks for and the list has not. */
  readonly instead: readonly string[];
}

/** What a profile is, without what it computes. */
type ProfileFacts = Pick<
  Profile,
  "id" | "title" | "vendor" | "guide" | "access" | "credentialKinds" | "notCarried"
>;

export interface ProfileExplanation {
  readonly kind: "profile";
  readonly profile: ProfileFacts;
  readonly uses: readonly Use[];
  /** Settings that bring no permission, with what they do. */
  readonly harmless: readonly { readonly setting: string; readonly description: string }[];
  /** By access; empty where an entry must say more. */
  readonly defaults: readonly DefaultSet[];
  readonly printed: readonly PrintedComparison[];
}

/** Explains a profile as its settings stand when nobody sets anything. */
export function explainProfile(profile: Profile): ProfileExplanation {
  const uses = usesOfProfile(profile);
  const bringing = new Set(uses.flatMap(({ setting, also }) => [setting, ...also.map(nameOf)].map(nameOf)));
  const defaults = defaultSets(profile);
  return {
    kind: "profile",
    profile: factsOf(profile),
    uses,
    harmless: Object.entries(profile.options.shape)
      .filter(([setting]) => !bringing.has(setting))
      .map(([setting, schema]) => ({ setting, description: descriptionOf(schema) })),
    defaults,
    printed: printedLists(profile).map((list) => compare(list, defaults)),
  };
}

function factsOf({ id, title, vendor, guide, access, credentialKinds, notCarried }: Profile): ProfileFacts {
  return { id, title, vendor, guide, access, credentialKinds, notCarried };
}

/** What entries of the profile ask for by default, for each access that it knows. */
export function defaultSets(profile: Profile): readonly DefaultSet[] {
  if (!profile.options.safeParse({}).success) return [];
  return [...profile.access]
    .sort()
    .map((access) => ({ access, manifest: planConnector(sampleEntry(profile, access), []) }));
}

/** All permissions of a manifest, of whatever API. */
export function rolesOf({ apis }: Pick<ConnectorManifest, "apis">): readonly RoleGrant[] {
  return apis.flatMap(({ roles }) => roles);
}

function compare(list: PrintedList, defaults: readonly DefaultSet[]): PrintedComparison {
  const manifest = defaults.find(({ access }) => access === list.access)?.manifest;
  const needed = manifest === undefined ? [] : rolesOf(manifest).map(({ value }) => value);
  const printed = new Set<string>(list.roles.map(({ value }) => value));
  return {
    list,
    kept: needed.filter((value) => printed.has(value)),
    instead: needed.filter((value) => !printed.has(value)),
  };
}

function nameOf(because: string): string {
  return because.split(/[.:]/)[0] ?? because;
}

function descriptionOf(schema: unknown): string {
  return typeof schema === "object" && schema !== null && "description" in schema
    ? String(schema.description ?? "")
    : "";
}
