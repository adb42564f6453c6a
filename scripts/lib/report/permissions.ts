/** Permission by connector, from the manifests in the stack's outputs. */
import type { ConnectorManifest, Tier } from "../../../components/permissions/manifest";
import type { PermissionMatrix } from "./model";

interface Held {
  readonly permission: string;
  readonly family: string;
  readonly tier: Tier;
}

/** The most dangerous permission first. */
export function permissionMatrix(manifests: readonly ConnectorManifest[]): PermissionMatrix {
  const permissions = new Map<string, Held>();
  const holders = new Map<string, Set<number>>();
  for (const [index, manifest] of manifests.entries()) {
    for (const held of heldBy(manifest)) {
      const key = JSON.stringify([held.family, held.permission]);
      permissions.set(key, held);
      holders.set(key, (holders.get(key) ?? new Set()).add(index));
    }
  }
  const rows = [...permissions]
    .sort(([, a], [, b]) => order(a, b))
    .map(([key, permission]) => ({
      ...permission,
      held: manifests.map((_, index) => holders.get(key)?.has(index) ?? false),
    }));
  return { connectors: manifests.map(({ name }) => name), rows };
}

function heldBy({ apis, directoryRoles }: ConnectorManifest): readonly Held[] {
  return [
    ...apis.flatMap(({ displayName, roles }) =>
      roles.map(({ value, tier }) => ({ permission: value, family: displayName, tier })),
    ),
    ...directoryRoles.map(({ displayName, tier }) => ({
      permission: displayName,
      family: "directory role",
      tier,
    })),
  ];
}

function order(a: Held, b: Held): number {
  const [first, second] = [a, b].map(({ tier, family, permission }) => `${tier}\n${family}\n${permission}`);
  return (first ?? "") < (second ?? "") ? -1 : 1;
}
