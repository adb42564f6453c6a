import { apiOfAppId } from "../catalogue/find-api";
import { findRoleById } from "../catalogue/find-role";
import type { Tier } from "../manifest";
import { tierOf, tierOfDirectoryRole } from "../tiers/tier";
import type { Severity } from "./finding";
import type { HeldDirectoryRole, HeldRole } from "./registration";

/** A permission with our judgement; a permission of an API that the catalogue has not is judged by its name. */
export interface JudgedRole extends HeldRole {
  readonly name: string;
  readonly tier: Tier;
  readonly reason: string;
  readonly writes: boolean;
}

/** Judges an application permission by the catalogue. */
export function judgeRole(role: HeldRole): JudgedRole {
  const api = apiOfAppId(role.resourceAppId);
  const known = api === undefined ? undefined : findRoleById(api, role.id);
  const name = role.value ?? known?.value ?? role.id;
  if (api === undefined || known === undefined) return judgeUnknown(role, name);
  const { tier, reason } = tierOf(api, known.value);
  return { ...role, name, tier, reason, writes: known.effect === "write" };
}

function judgeUnknown(role: HeldRole, name: string): JudgedRole {
  const reads = /(^|[._])read($|[._])/i.test(name);
  return {
    ...role,
    name,
    tier: reads ? "T2" : "T1",
    reason: `The catalogue does not know this permission of ${role.api}; it is judged by its name.`,
    writes: !reads,
  };
}

/** The tier of a directory role, with the reason; one that is not built in counts as writing. */
export function judgeDirectoryRole({ displayName }: HeldDirectoryRole): {
  readonly tier: Tier;
  readonly reason: string;
} {
  if (displayName === undefined) return { tier: "T1", reason: "A custom role: look at what it allows." };
  return tierOfDirectoryRole(displayName);
}

/** How bad it is to hold a tier without need. */
export function severityOf(tier: Tier): Severity {
  return ({ T0: "high", T1: "medium", T2: "low" } as const)[tier];
}

/** A key by which an application permission is the same wherever it stands. */
export function roleKey({
  resourceAppId,
  id,
}: {
  readonly resourceAppId: string;
  readonly id: string;
}): string {
  return `${resourceAppId}/${id}`.toLowerCase();
}
