/** What a lock file of the right shape can still say wrongly: a harmless name beside a dangerous id, for example. */

import { findDirectoryRole, UnknownDirectoryRoleError } from "../catalogue/directory-role";
import { apiOfDisplayName } from "../catalogue/find-api";
import { findRole, findRoleById, UnknownRoleError } from "../catalogue/find-role";
import { findCollectorRole } from "../planning/collector-roles";
import { tierOf, tierOfDirectoryRole } from "../tiers/tier";
import { acknowledgementKey, azureRoleKey, credentialKey, directoryRoleKey, roleKey } from "./canonical";
import type {
  AppRoleLine,
  AzureRoleLine,
  ConnectorLock,
  CredentialLine,
  DirectoryRoleLine,
  Lock,
} from "./schema";

/** The first contradiction in words, or undefined. `past`: what the catalogue does not know is let pass. */
export function contradictionIn(lock: Lock, { past }: { readonly past: boolean }): string | undefined {
  const twice =
    repeated(lock.connectors, ({ name }) => name) ?? repeated(lock.azureRoleAssignments, azureRoleKey);
  if (twice !== undefined) return `${quoted(twice)} is there twice.`;
  const azure = firstOf(lock.azureRoleAssignments, (line) => azureRoleProblem(line, past));
  if (azure !== undefined) return azure;
  for (const connector of lock.connectors) {
    const problem = contradictionOf(connector, past);
    if (problem !== undefined) return `${connector.name}: ${problem}`;
  }
  return undefined;
}

function contradictionOf(connector: ConnectorLock, past: boolean): string | undefined {
  const twice =
    repeated(connector.appRoles, roleKey) ??
    repeated(connector.directoryRoles, directoryRoleKey) ??
    repeated(connector.credentials, credentialKey) ??
    repeated(connector.covered, roleKey) ??
    repeated(connector.capabilities, String) ??
    repeated(connector.acknowledgements, acknowledgementKey);
  if (twice !== undefined) return `${quoted(twice)} is there twice.`;
  return (
    firstOf(connector.appRoles, (line) => appRoleProblem(line, past)) ??
    firstOf(connector.directoryRoles, (line) => directoryRoleProblem(line, past)) ??
    firstOf(connector.credentials, credentialProblem)
  );
}

/** Names and ids never part company in Microsoft's catalogue, so a pair that does is refused in old files too. */
function appRoleProblem({ api, role, id, tier }: AppRoleLine, past: boolean): string | undefined {
  const name = apiOfDisplayName(api);
  if (name === undefined) return past ? undefined : `there is no API "${api}" in the catalogue.`;
  try {
    const published = findRole(name, role);
    const same = published.id === id || findRoleById(name, id)?.value === role;
    if (!same) return `${role} of ${api} has the id ${published.id}, not ${id}.`;
    const judged = tierOf(name, role).tier;
    return past || judged === tier ? undefined : `${role} is tier ${judged}, not ${tier}.`;
  } catch (error) {
    if (!(error instanceof UnknownRoleError)) throw error;
    const other = findRoleById(name, id);
    if (other !== undefined) return `the id ${id} is that of ${other.value}, not of "${role}".`;
    return past ? undefined : error.message;
  }
}

function directoryRoleProblem(
  { role, templateId, tier }: DirectoryRoleLine,
  past: boolean,
): string | undefined {
  try {
    const published = findDirectoryRole(role);
    if (published.templateId !== templateId) {
      return `the directory role ${role} has the template id ${published.templateId}, not ${templateId}.`;
    }
    const judged = tierOfDirectoryRole(role).tier;
    return past || judged === tier ? undefined : `the directory role ${role} is tier ${judged}, not ${tier}.`;
  } catch (error) {
    if (!(error instanceof UnknownDirectoryRoleError)) throw error;
    return past ? undefined : error.message;
  }
}

function azureRoleProblem({ role, id, tier }: AzureRoleLine, past: boolean): string | undefined {
  const published = findCollectorRole(role);
  if (published !== undefined && published.id !== id) {
    return `the Azure role ${role} has the id ${published.id}, not ${id}.`;
  }
  const other = findCollectorRole(id);
  if (other !== undefined && other.name !== role) {
    return `the id ${id} is that of the Azure role ${other.name}, not of "${role}".`;
  }
  if (published === undefined) return past ? undefined : `no collector holds the Azure role "${role}".`;
  const same = past || published.tier === tier;
  return same ? undefined : `the Azure role ${role} is tier ${published.tier}, not ${tier}.`;
}

/** A schedule that can't be counted, or can't overlap. */
function credentialProblem(credential: CredentialLine): string | undefined {
  if (!("lifetimeDays" in credential)) return undefined;
  const { kind, lifetimeDays, overlapDays, anchor } = credential;
  if (Number.isNaN(Date.parse(anchor))) return `${anchor} is no date.`;
  if (lifetimeDays > 2 * overlapDays) return undefined;
  return `a ${kind} of ${lifetimeDays} days can't overlap the next one for ${overlapDays}.`;
}

function firstOf<Item>(
  items: readonly Item[],
  problemOf: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function repeated<Item>(items: readonly Item[], key: (item: Item) => string): string | undefined {
  const seen = new Set<string>();
  for (const item of items) {
    if (seen.has(key(item))) return key(item);
    seen.add(key(item));
  }
  return undefined;
}

function quoted(key: string): string {
  return `"${key.replaceAll("\n", ", ")}"`;
}
