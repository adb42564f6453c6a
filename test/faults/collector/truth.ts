/** What the tenant really holds, read past every API, as the keys that a complete collection has. */
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import type { RunningTenant } from "../../../infra/local/tenant/tenant";

/** Keys by record type. */
export type Keys = Readonly<Record<string, ReadonlySet<string>>>;

export function usersOf({ tenant }: RunningTenant): Keys {
  return { user: new Set([...openDirectory(tenant.store).users.values()].map(({ id }) => id)) };
}

export function groupsOf({ tenant }: RunningTenant): Keys {
  const { groups, memberships } = openDirectory(tenant.store);
  const all = [...groups.values()];
  return {
    group: new Set(all.map(({ id }) => id)),
    groupMember: new Set(
      all.flatMap(({ id }) => memberships.by("containerId", id).map(({ memberId }) => `${id}/${memberId}`)),
    ),
    groupOwner: new Set(all.flatMap(({ id, owners }) => owners.map((owner) => `${id}/${owner}`))),
  };
}

/** What is missing and what is too much, at most a few keys of each: a whole directory is nothing to read. */
interface Differences {
  readonly lost: readonly string[];
  readonly surplus: readonly string[];
}

export const none: Differences = { lost: [], surplus: [] };

export function differences(collected: Keys, truth: Keys): Differences {
  return { lost: beyond(truth, collected), surplus: beyond(collected, truth) };
}

function beyond(keys: Keys, others: Keys): readonly string[] {
  const found = Object.entries(keys).flatMap(([type, all]) =>
    [...all].filter((key) => others[type]?.has(key) !== true).map((key) => `${type} ${key}`),
  );
  return found.length <= 5 ? found : [...found.slice(0, 5), `and ${found.length - 5} more`];
}
