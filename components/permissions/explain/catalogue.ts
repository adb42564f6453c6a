/** `permissions list`: the catalogue with our judgement and who uses it. */

import { findProfile } from "../../profiles";
import { type ApiName, apis } from "../catalogue/apis";
import type { Effect, RoleRow } from "../catalogue/role";
import type { Tier } from "../manifest";
import { byText, unique } from "../planning/requirement";
import { tierOf } from "../tiers/tier";
import { allUses, type Use, usesOfProfile } from "./uses";

/** One application permission of the catalogue. */
export interface CatalogueEntry {
  readonly api: ApiName;
  readonly apiName: string;
  readonly value: string;
  readonly id: string;
  readonly tier: Tier;
  readonly effect: Effect;
  readonly title: string;
  /** Ids of the profiles that can ask for it. */
  readonly usedBy: readonly string[];
}

/** What is listed; absent: everything. */
export interface CatalogueFilter {
  readonly api?: ApiName | undefined;
  readonly tier?: Tier | undefined;
  /** True: only what can change something. */
  readonly writes?: boolean | undefined;
  /** Id of a profile. */
  readonly usedBy?: string | undefined;
}

/**
 * Permissions in the catalogue's order: by API, then by name.
 * @throws UnknownProfileError
 */
export function listCatalogue(filter: CatalogueFilter): readonly CatalogueEntry[] {
  const uses = filter.usedBy === undefined ? allUses() : usesOfProfile(findProfile(filter.usedBy));
  const users = usersOf(uses);
  return (Object.keys(apis) as ApiName[])
    .filter((api) => filter.api === undefined || api === filter.api)
    .flatMap((api) => entriesOf(api, users))
    .filter(({ tier }) => filter.tier === undefined || tier === filter.tier)
    .filter(({ effect }) => filter.writes !== true || effect === "write")
    .filter(({ usedBy }) => filter.usedBy === undefined || usedBy.includes(filter.usedBy));
}

function entriesOf(api: ApiName, users: ReadonlyMap<string, readonly string[]>): readonly CatalogueEntry[] {
  const rows: readonly RoleRow[] = apis[api].rows;
  return [...rows].sort(byText(([value]) => value)).map(([value, id, effect, title]) => ({
    api,
    apiName: apis[api].displayName,
    value,
    id,
    tier: tierOf(api, value).tier,
    effect,
    title,
    usedBy: users.get(`${api}/${value}`) ?? [],
  }));
}

/** Ids of profiles by permission. */
function usersOf(uses: readonly Use[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, readonly string[]>();
  for (const { profile, capability } of uses) {
    for (const { api, value } of capability.roles) {
      const key = `${api}/${value}`;
      users.set(key, unique([...(users.get(key) ?? []), profile]));
    }
  }
  return users;
}
