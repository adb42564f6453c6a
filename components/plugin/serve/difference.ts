import { isList, isMap, type Plain, type PlainProperties, Unknown } from "./values";

/** What a property value means, beyond its text. Names are top-level properties or dotted paths without indexes. */
export interface Meaning {
  /** What a property means when it is absent, by dotted path. */
  readonly defaults?: PlainProperties;
  /** Optional inputs that the service fills in: declaring nothing is no change. */
  readonly serverChosen?: readonly string[];
  /** Lists whose order carries no meaning. */
  readonly unordered?: readonly string[];
  /** Texts that compare without regard to case. */
  readonly caseInsensitive?: readonly string[];
}

/** One changed property, as the engine shows it. */
export interface Change {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

/** What changed from the inputs of the last update to the new ones; an unknown new value counts as changed. */
export function difference(olds: PlainProperties, news: PlainProperties, meaning: Meaning = {}): Change[] {
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names].sort().flatMap((name): Change[] => {
    if (name.startsWith("__")) return [];
    if (news[name] === undefined && meaning.serverChosen?.includes(name)) return [];
    return compare(olds[name], news[name], name, name, meaning);
  });
}

/** Whether two values of one property mean the same. */
export function sameMeaning(
  name: string,
  left: Plain | undefined,
  right: Plain | undefined,
  meaning: Meaning,
): boolean {
  return compare(left, right, name, name, meaning).length === 0;
}

function compare(
  old: Plain | undefined,
  next: Plain | undefined,
  path: string,
  rule: string,
  meaning: Meaning,
): Change[] {
  const before = old ?? meaning.defaults?.[rule];
  const after = next ?? meaning.defaults?.[rule];
  if (isBlank(before) || isBlank(after)) return compareBlank(before, after, path, rule, meaning);
  if (isMap(before) && isMap(after)) return compareMaps(before, after, path, rule, meaning);
  if (isList(before) && isList(after)) {
    return meaning.unordered?.includes(rule)
      ? compareSets(before, after, path, rule, meaning)
      : compareLists(before, after, path, rule, meaning);
  }
  return sameText(before, after, rule, meaning) ? [] : [{ path, kind: "update" }];
}

/** A map that came or went is no change when all that it says is what its properties mean anyway. */
function compareBlank(
  before: Plain | undefined,
  after: Plain | undefined,
  path: string,
  rule: string,
  meaning: Meaning,
): Change[] {
  if (isBlank(before) && isBlank(after)) return [];
  const [present, kind] = isBlank(before) ? ([after, "add"] as const) : ([before, "delete"] as const);
  if (isMap(present) && compareMaps(present, {}, path, rule, meaning).length === 0) return [];
  return [{ path, kind }];
}

function compareMaps(
  before: PlainProperties,
  after: PlainProperties,
  path: string,
  rule: string,
  meaning: Meaning,
): Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .sort()
    .flatMap((name) => compare(before[name], after[name], `${path}.${name}`, `${rule}.${name}`, meaning));
}

function compareLists(
  before: readonly Plain[],
  after: readonly Plain[],
  path: string,
  rule: string,
  meaning: Meaning,
): Change[] {
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, i) =>
    compare(before[i], after[i], `${path}[${i}]`, rule, meaning),
  ).flat();
}

/** Members that went show as deleted at their old place, members that came as added at their new one. */
function compareSets(
  before: readonly Plain[],
  after: readonly Plain[],
  path: string,
  rule: string,
  meaning: Meaning,
): Change[] {
  const unmatched = new Map(after.map((item, index) => [index, item]));
  const changes: Change[] = [];
  before.forEach((old, index) => {
    const match = [...unmatched].find(([, item]) => compare(old, item, path, rule, meaning).length === 0);
    if (match === undefined) changes.push({ path: `${path}[${index}]`, kind: "delete" });
    else unmatched.delete(match[0]);
  });
  for (const index of unmatched.keys()) changes.push({ path: `${path}[${index}]`, kind: "add" });
  return mergeSamePath(changes);
}

function mergeSamePath(changes: readonly Change[]): Change[] {
  const byPath = new Map<string, Change>();
  for (const change of changes) {
    byPath.set(change.path, byPath.has(change.path) ? { path: change.path, kind: "update" } : change);
  }
  return [...byPath.values()];
}

function sameText(
  before: Plain | undefined,
  after: Plain | undefined,
  rule: string,
  meaning: Meaning,
): boolean {
  if (before instanceof Unknown || after instanceof Unknown) return false;
  if (typeof before === "string" && typeof after === "string" && meaning.caseInsensitive?.includes(rule)) {
    return before.toLowerCase() === after.toLowerCase();
  }
  return before === after;
}

/** Absent, null, an empty list and an empty map are one and the same to the services. */
function isBlank(value: Plain | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (isList(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}
