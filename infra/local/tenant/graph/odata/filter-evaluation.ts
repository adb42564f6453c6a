/** Answers whether a value reader satisfies a filter. Strings compare without regard to case, as the directory does. */
import type { Comparison, Filter, Path, StringTest } from "./filter-syntax";
import type { Literal } from "./filter-tokens";

/** Reads the value at a path of the thing that is filtered. */
export type ReadPath = (path: Path) => unknown;

export function matches(filter: Filter, read: ReadPath): boolean {
  switch (filter.kind) {
    case "and":
      return matches(filter.left, read) && matches(filter.right, read);
    case "or":
      return matches(filter.left, read) || matches(filter.right, read);
    case "not":
      return !matches(filter.inner, read);
    case "compare":
      return compare(
        filter.operator,
        filter.count ? sizeOf(read(filter.path)) : read(filter.path),
        filter.value,
      );
    case "in":
      return filter.values.some((value) => compare("eq", read(filter.path), value));
    case "test":
      return testString(filter.test, read(filter.path), filter.value);
    default:
      return matchElements(filter, read);
  }
}

function matchElements(filter: Extract<Filter, { kind: "any" | "all" }>, read: ReadPath): boolean {
  const value = read(filter.path);
  const elements = Array.isArray(value) ? value : [];
  const { inner, variable } = filter;
  if (inner === null) return elements.length > 0;
  const matchesInner = (element: unknown): boolean =>
    matches(inner, (path) => (path[0] === variable ? readInside(element, path.slice(1)) : read(path)));
  return filter.kind === "any" ? elements.some(matchesInner) : elements.every(matchesInner);
}

/** The value at a path inside a complex value; undefined where a step is missing. */
export function readInside(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[step];
  }
  return current;
}

const sizeOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

function testString(test: StringTest, value: unknown, wanted: string): boolean {
  if (typeof value !== "string") return false;
  const text = value.toLowerCase();
  const part = wanted.toLowerCase();
  if (test === "startswith") return text.startsWith(part);
  return test === "endswith" ? text.endsWith(part) : text.includes(part);
}

function compare(operator: Comparison, value: unknown, wanted: Literal): boolean {
  const actual = value ?? null;
  if (operator === "eq") return equal(actual, wanted);
  if (operator === "ne") return !equal(actual, wanted);
  const order = compareValues(actual, wanted);
  if (order === undefined) return false;
  if (operator === "gt") return order > 0;
  if (operator === "ge") return order >= 0;
  return operator === "lt" ? order < 0 : order <= 0;
}

function equal(actual: unknown, wanted: Literal): boolean {
  if (typeof actual === "string" && typeof wanted === "string") {
    return actual.toLowerCase() === wanted.toLowerCase() || compareInstants(actual, wanted) === 0;
  }
  return actual === wanted;
}

const looksLikeInstant = /^\d{4}-\d{2}-\d{2}T/;

/** Two instants may be written with different precision; anything else is not compared here. */
function compareInstants(left: string, right: string): number | undefined {
  if (!looksLikeInstant.test(left) || !/^\d{4}-\d{2}-\d{2}/.test(right)) return undefined;
  const difference = Date.parse(left) - Date.parse(right);
  return Number.isNaN(difference) ? undefined : difference;
}

/** The order of two values of one kind; undefined when they can't be compared (null, mixed kinds). */
export function compareValues(left: unknown, right: unknown): number | undefined {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (typeof left !== "string" || typeof right !== "string") return undefined;
  const instants = compareInstants(left, right);
  if (instants !== undefined) return instants;
  const [first, second] = [left.toLowerCase(), right.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
