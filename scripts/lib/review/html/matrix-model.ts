/** Permission × connector, before and after: connectors that change alike are one column. */
import { whoIs } from "../../../../components/permissions/diff/fold";
import type {
  ConnectorChange,
  Place,
  Review,
  StackChange,
} from "../../../../components/permissions/diff/model";
import type { AzureRoleLine, ConnectorLock } from "../../../../components/permissions/lock/schema";
import type { Tier } from "../../../../components/permissions/manifest";

/** Whether a connector had a permission, and has it now. */
export type CellState = "added" | "removed" | "kept" | "never";

/** A permission. */
export interface MatrixRow {
  readonly name: string;
  /** The API, or what else it is a permission of. */
  readonly family: string;
  readonly tier: Tier;
  /** One a column. */
  readonly cells: readonly CellState[];
  readonly changed: boolean;
}

/** Connectors of one product that have the same permissions before and after. */
export interface MatrixColumn {
  readonly who: string;
  readonly places: readonly Place[];
}

export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
  /** Columns that were left out because a page with all of them would be no picture any more. */
  readonly leftOut: number;
}

interface Permission {
  readonly name: string;
  readonly family: string;
  readonly tier: Tier;
}

/** One connector of one stack. */
interface Subject {
  readonly profile?: string;
  readonly place: Place;
  readonly before: readonly Permission[];
  readonly after: readonly Permission[];
}

interface Group {
  readonly profile: string | undefined;
  readonly places: Place[];
  readonly states: ReadonlyMap<string, CellState>;
}

const maximumColumns = 60;

/** The matrix of all connectors that change, most dangerous permission first. */
export function matrixOf({ stacks }: Review): Matrix {
  const subjects = stacks.flatMap(subjectsOf);
  const permissions = new Map<string, Permission>();
  for (const { before, after } of subjects) {
    for (const one of [...before, ...after]) permissions.set(keyOf(one), one);
  }
  const groups = groupAlike(subjects).sort((a, b) => weight(b, permissions) - weight(a, permissions));
  const shown = groups.slice(0, maximumColumns);
  const rows = [...permissions].sort(byDanger).map(([key, permission]): MatrixRow => {
    const cells = shown.map(({ states }) => states.get(key) ?? "never");
    return { ...permission, cells, changed: cells.some((cell) => cell === "added" || cell === "removed") };
  });
  return {
    columns: shown.map(({ profile, places }) => ({ who: whoIs(profile, places) || "Collector", places })),
    rows: rows.filter(({ cells }) => cells.some((cell) => cell !== "never")),
    leftOut: groups.length - shown.length,
  };
}

function subjectsOf(change: StackChange): readonly Subject[] {
  const connectors = change.difference.connectors.map((one) => subjectOf(change.stack, one));
  if (change.difference.azureRoleAssignments.length === 0) return connectors;
  const collector: Subject = {
    place: { stack: change.stack, connector: "", tenantId: "" },
    before: change.kind === "added" ? [] : change.before.azureRoleAssignments.map(ofAzure),
    after: change.kind === "removed" ? [] : change.after.azureRoleAssignments.map(ofAzure),
  };
  return [...connectors, collector];
}

function subjectOf(stack: string, change: ConnectorChange): Subject {
  const { profile, tenantId } = change.kind === "removed" ? change.before : change.after;
  return {
    profile,
    place: { stack, connector: change.name, tenantId },
    before: change.kind === "added" ? [] : permissionsOf(change.before),
    after: change.kind === "removed" ? [] : permissionsOf(change.after),
  };
}

function permissionsOf({ appRoles, directoryRoles }: ConnectorLock): readonly Permission[] {
  return [
    ...appRoles.map(({ api, role, tier }) => ({ name: role, family: api, tier })),
    ...directoryRoles.map(({ role, tier }) => ({ name: role, family: "directory role", tier })),
  ];
}

function ofAzure({ role, scope, tier }: AzureRoleLine): Permission {
  return { name: role, family: `Azure role on ${scope}`, tier };
}

function groupAlike(subjects: readonly Subject[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { profile, place, before, after } of subjects) {
    const states = statesOf(before, after);
    const product = profile === undefined || profile === "custom" ? place.connector : profile;
    const key = JSON.stringify([product, [...states].sort()]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { profile, places: [place], states });
    else group.places.push(place);
  }
  return [...groups.values()];
}

function statesOf(
  before: readonly Permission[],
  after: readonly Permission[],
): ReadonlyMap<string, CellState> {
  const now = new Set(after.map(keyOf));
  const states = new Map<string, CellState>(after.map((one) => [keyOf(one), "added"]));
  for (const key of before.map(keyOf)) states.set(key, now.has(key) ? "kept" : "removed");
  return states;
}

function keyOf({ family, name }: Permission): string {
  return `${family}\n${name}`;
}

function byDanger(
  [a, { tier: first }]: [string, Permission],
  [b, { tier: second }]: [string, Permission],
): number {
  return first < second ? -1 : first > second ? 1 : a < b ? -1 : 1;
}

const weights: Readonly<Record<Tier, number>> = { T0: 10_000, T1: 100, T2: 1 };

/** How much a column gains: what gains most stands first. */
function weight({ states }: Group, permissions: ReadonlyMap<string, Permission>): number {
  let sum = 0;
  for (const [key, state] of states) {
    if (state === "added") sum += weights[permissions.get(key)?.tier ?? "T2"];
  }
  return sum;
}
