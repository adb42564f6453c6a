/** How dangerous the items of a lock are. The catalogue's judgement counts; a lock's own only where that has none. */
import { apiOfDisplayName } from "../catalogue/find-api";
import { findRole, UnknownRoleError } from "../catalogue/find-role";
import type { AppRoleLine, AzureRoleLine, ConnectorLock, DirectoryRoleLine } from "../lock/schema";
import type { Tier } from "../manifest";
import { tierOf, tierOfDirectoryRole } from "../tiers/tier";
import type { Level } from "./model";

/** What a reviewer must know of a permission. */
export interface Danger {
  readonly tier: Tier;
  readonly tierReason: string;
  readonly level: Level;
}

export function dangerOfAppRole({ api, role, tier }: AppRoleLine): Danger {
  const name = apiOfDisplayName(api);
  if (name === undefined) return unknown(tier);
  try {
    const { tier: judged, reason } = tierOf(name, role);
    const writes = findRole(name, role).effect === "write";
    return { tier: judged, tierReason: reason, level: levelOf(judged, writes) };
  } catch (error) {
    if (!(error instanceof UnknownRoleError)) throw error;
    return unknown(tier);
  }
}

export function dangerOfDirectoryRole({ role }: DirectoryRoleLine): Danger {
  const { tier, reason } = tierOfDirectoryRole(role);
  return { tier, tierReason: reason, level: levelOf(tier, tier !== "T2") };
}

export function dangerOfAzureRole({ role, tier }: AzureRoleLine): Danger {
  const reads = /\bReader\b/.test(role);
  return {
    tier,
    tierReason: reads ? "Reads the Azure resources below its scope." : "Changes what is below its scope.",
    level: levelOf(tier, !reads),
  };
}

/** What nobody judged is taken for something that writes. */
function unknown(tier: Tier): Danger {
  return { tier, tierReason: "The catalogue does not know it.", level: levelOf(tier, true) };
}

function levelOf(tier: Tier, writes: boolean): Level {
  if (tier === "T0") return "tier0";
  return tier === "T1" || writes ? "write" : "any";
}

const levels: readonly Level[] = ["tier0", "write", "any"];

/** 0 for the worst. */
export function levelRank(level: Level): number {
  return levels.indexOf(level);
}

/** The worst of several; null of none. */
export function worstLevel(all: readonly Level[]): Level | null {
  return levels.find((level) => all.includes(level)) ?? null;
}

/** How far a connector reaches: that far reaches whoever may sign in as it. */
export function reachOf({ appRoles, directoryRoles }: ConnectorLock): Level {
  const dangers = [...appRoles.map(dangerOfAppRole), ...directoryRoles.map(dangerOfDirectoryRole)];
  return worstLevel(dangers.map(({ level }) => level)) ?? "any";
}

/** True when a connector holds a permission that changes something. */
export function writes({ appRoles, directoryRoles }: ConnectorLock): boolean {
  return (
    appRoles.some(writesAppRole) || directoryRoles.some((role) => dangerOfDirectoryRole(role).level !== "any")
  );
}

function writesAppRole({ api, role }: AppRoleLine): boolean {
  const name = apiOfDisplayName(api);
  if (name === undefined) return true;
  try {
    return findRole(name, role).effect === "write";
  } catch (error) {
    if (!(error instanceof UnknownRoleError)) throw error;
    return true;
  }
}
