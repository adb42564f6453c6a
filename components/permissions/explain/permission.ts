/** One application permission: what it lets an app do, how dangerous it is, who needs it and what would do instead. */
import { profiles } from "../../profiles";
import type { DocumentedRole } from "../../profiles/profile";
import { capabilities } from "../capabilities";
import type { Call } from "../capabilities/call";
import type { Capability } from "../capabilities/capability";
import { type ApiName, apis } from "../catalogue/apis";
import { findRole } from "../catalogue/find-role";
import type { CatalogueRole } from "../catalogue/role";
import { appRolePhrase } from "../diff/plain-words";
import { unique } from "../planning/requirement";
import { type Judgement, tierOf } from "../tiers/tier";
import { type CallText, callText } from "./call-text";
import { printedLists } from "./printed";
import { allUses, type Use } from "./uses";

/** The calls of a capability that the permission allows. */
interface AllowedCalls {
  readonly capability: Capability;
  /** True: the capability asks for this permission. False: a narrower one does. */
  readonly asked: boolean;
  readonly calls: readonly CallText[];
}

/** Where a vendor's printed list has it, and what is wrong with that. */
interface PrintedAt {
  readonly profile: string;
  readonly list: string;
  readonly fault?: DocumentedRole["fault"];
}

/** Another permission with its tier. */
export interface OtherPermission {
  readonly api: ApiName;
  readonly value: string;
  readonly tier: Judgement["tier"];
}

/** A permission that allows the calls which another one is asked for. */
interface Cover extends OtherPermission {
  /** Titles of the tasks that it covers. */
  readonly tasks: readonly string[];
  /** True: all tasks that the other is asked for. */
  readonly all: boolean;
}

export interface PermissionExplanation {
  readonly kind: "permission";
  readonly api: ApiName;
  readonly apiName: string;
  readonly role: CatalogueRole;
  /** What it lets an app do, in sentences without jargon. */
  readonly plainWords: string;
  readonly judgement: Judgement;
  readonly uses: readonly Use[];
  readonly allows: readonly AllowedCalls[];
  /** Tasks that it allows and that something narrower allows too. */
  readonly narrower: readonly { readonly task: string; readonly by: readonly OtherPermission[] }[];
  /** Permissions over the same subject that only read; for a permission that writes. */
  readonly readingOnly: readonly OtherPermission[];
  /** Permissions that allow the same calls: where one of them is needed anyhow, this one is left out. */
  readonly coveredBy: readonly Cover[];
  readonly printed: readonly PrintedAt[];
}

/** @throws UnknownRoleError when the API does not publish it. */
export function explainPermission(api: ApiName, value: string): PermissionExplanation {
  const role = findRole(api, value);
  const allows = capabilities.flatMap((capability) => allowedCalls(capability, api, value));
  return {
    kind: "permission",
    api,
    apiName: apis[api].displayName,
    role,
    // The catalogue's texts of the other APIs are our own and plain already.
    plainWords: api === "graph" ? `It can ${appRolePhrase(apis[api].displayName, value)}.` : role.description,
    judgement: tierOf(api, value),
    uses: allUses().filter(({ capability }) => asks(capability, api, value)),
    allows,
    narrower: allows
      .filter(({ asked }) => !asked)
      .map(({ capability }) => ({ task: capability.title, by: leastOf(capability) })),
    readingOnly: role.effect === "write" ? readingSiblings(api, value) : [],
    coveredBy: covering(api, value),
    printed: printedAt(api, value),
  };
}

/** True when the permission is among the least that the capability needs. */
function asks({ roles }: Capability, api: ApiName, value: string): boolean {
  return roles.some((role) => role.api === api && role.value === value);
}

function allowedCalls(capability: Capability, api: ApiName, value: string): readonly AllowedCalls[] {
  const calls = capability.calls.filter((call) => mentions(call, api, value));
  const asked = asks(capability, api, value);
  if (calls.length === 0 && !asked) return [];
  return [{ capability, asked, calls: calls.map((call) => callText(call, value)) }];
}

function mentions(call: Call, api: ApiName, value: string): boolean {
  return call.api === api && call.accepts.some((set) => set.includes(value));
}

function leastOf({ roles }: Capability): readonly OtherPermission[] {
  return roles.filter(({ clouds }) => clouds === undefined).map(({ api, value }) => other(api, value));
}

function other(api: ApiName, value: string): OtherPermission {
  return { api, value, tier: tierOf(api, value).tier };
}

function readingSiblings(api: ApiName, value: string): readonly OtherPermission[] {
  const [subject] = value.split(".");
  const scope = value.split(".").slice(2).join(".");
  return apis[api].rows
    .filter(
      ([name, , effect]) =>
        effect === "read" && name.split(".")[0] === subject && name.split(".").slice(2).join(".") === scope,
    )
    .map(([name]) => other(api, name));
}

function covering(api: ApiName, value: string): readonly Cover[] {
  const asking = capabilities.filter((capability) => asks(capability, api, value));
  const calls = asking.flatMap((capability) => callsOf(capability, api, value));
  const candidates = unique(calls.flatMap(({ accepts }) => accepts.flat())).filter((one) => one !== value);
  return candidates.flatMap((candidate) => {
    const tasks = asking
      .filter((capability) => covers(candidate, value, callsOf(capability, api, value)))
      .map(({ title }) => title);
    return tasks.length === 0
      ? []
      : [{ ...other(api, candidate), tasks, all: tasks.length === asking.length }];
  });
}

function callsOf({ calls }: Capability, api: ApiName, value: string): readonly Call[] {
  return calls.filter((call) => mentions(call, api, value));
}

/** True when the candidate, beside whatever the service asks for together with the permission, allows every call. */
function covers(candidate: string, value: string, calls: readonly Call[]): boolean {
  if (calls.length === 0) return false;
  return calls.every(({ accepts }) => {
    const beside = accepts.filter((set) => set.includes(value)).flat();
    const held = new Set([candidate, ...beside.filter((one) => one !== value)]);
    return accepts.some((set) => set.includes(candidate) && set.every((one) => held.has(one)));
  });
}

function printedAt(api: ApiName, value: string): readonly PrintedAt[] {
  return profiles.flatMap((profile) =>
    printedLists(profile).flatMap(({ title, roles }) =>
      roles
        .filter((role) => role.api === api && role.value === value)
        .map(({ fault }) => ({
          profile: profile.id,
          list: title,
          ...(fault === undefined ? {} : { fault }),
        })),
    ),
  );
}
