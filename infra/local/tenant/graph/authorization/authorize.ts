/** Decides from Microsoft's own table whether a token's app roles allow a call. */
import type { Reach } from "../request";
import type { EndpointPermissions, Method, PermissionSet, Version } from "./endpoint-permissions";
import { endpointPermissions } from "./endpoint-permissions.generated";
import { supplement } from "./supplement";

/** One call, by its path template. */
export interface Call {
  readonly method: Method;
  readonly path: string;
  readonly version: Version;
  /** Names of the properties in a PATCH body. */
  readonly bodyProperties?: readonly string[];
  /** Type of the object that the path names, for calls on objects of any type. */
  readonly objectType?: () => string | undefined;
}

const rows = new Map<string, EndpointPermissions[]>();
for (const row of [...endpointPermissions, ...supplement]) {
  // A path with a query is the same call narrowed by its caller: the plain path's row covers it.
  const key = keyOf(row.method, row.path.split("?")[0] ?? row.path);
  rows.set(key, [...(rows.get(key) ?? []), row]);
}

function keyOf(method: Method, path: string): string {
  return `${method} ${path.toLowerCase()}`;
}

/** Whether the table or the supplement has a row for the call. */
export function hasRow(method: Method, path: string): boolean {
  return rows.has(keyOf(method, path));
}

/** All calls that have a row, for the check of what is served. */
export const listedCalls = (): readonly EndpointPermissions[] => [...rows.values()].flat();

/** How far the roles reach for the call; undefined when they don't allow it. A call without a row is never allowed. */
export function authorize(call: Call, roles: readonly string[]): Reach | undefined {
  const found = rows.get(keyOf(call.method, call.path)) ?? [];
  if (call.method !== "GET" || found.some(({ byType }) => byType !== undefined)) return decide(call, roles);
  const known = decided.get(roles) ?? new Map<string, Reach | undefined>();
  decided.set(roles, known);
  const key = `${call.version} ${call.path}`;
  if (!known.has(key)) known.set(key, decide(call, roles));
  return known.get(key);
}

/** Decisions on reads, which depend on the path alone; a client's roles stay the same list while its token does. */
const decided = new WeakMap<readonly string[], Map<string, Reach | undefined>>();

function decide(call: Call, roles: readonly string[]): Reach | undefined {
  let reach: Reach | undefined;
  for (const row of rows.get(keyOf(call.method, call.path)) ?? []) {
    if (!row.versions.includes(call.version)) continue;
    const allowed = reachOf(row, call, new Set(roles));
    if (allowed === "all") return "all";
    reach = allowed ?? reach;
  }
  return reach;
}

function reachOf(row: EndpointPermissions, call: Call, roles: ReadonlySet<string>): Reach | undefined {
  const sets = [...row.anyOf, ...setsByType(row, call), ...setsByProperties(row, call)];
  const granted = sets.filter((set) => set.length > 0 && set.every((permission) => roles.has(permission)));
  const limited = (set: PermissionSet): boolean =>
    set.some((permission) => row.ownedOnly?.includes(permission) ?? permission.endsWith(".OwnedBy"));
  if (granted.some((set) => !limited(set))) return "all";
  if (granted.length > 0) return "owned";
  return row.basic?.some((permission) => roles.has(permission)) ? "basic" : undefined;
}

function setsByType(row: EndpointPermissions, call: Call): readonly PermissionSet[] {
  if (row.byType === undefined) return [];
  const type = call.objectType?.();
  return Object.entries(row.byType)
    .filter(([types]) => type !== undefined && types.split(",").includes(type))
    .flatMap(([, sets]) => sets);
}

/** Sets that suffice because the body touches only the properties that they are for. */
function setsByProperties(row: EndpointPermissions, call: Call): readonly PermissionSet[] {
  const touched = call.bodyProperties ?? [];
  if (touched.length === 0) return [];
  return Object.entries(row.properties ?? {})
    .filter(([names]) => touched.every((name) => names.split(",").includes(name)))
    .flatMap(([, sets]) => sets);
}
