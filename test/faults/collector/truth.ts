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
