/** What a filter on log entries says before any entry is read: a span of time, the kinds, the outcome. */
import type { Filter } from "./filter-syntax";

/** Bounds are rough: the filter itself is still applied. Undefined where the filter does not say. */
export interface LogBounds {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly kinds: ReadonlySet<string> | undefined;
  readonly failed: boolean | undefined;
}

const nothing: LogBounds = { from: undefined, to: undefined, kinds: undefined, failed: undefined };
/** Entries are written with fewer digits than they are compared with. */
const slack = 1_000;

export function logBounds(filter: Filter | undefined, timeProperty: string): LogBounds {
  if (filter === undefined) return nothing;
  if (filter.kind === "and") {
    return both(logBounds(filter.left, timeProperty), logBounds(filter.right, timeProperty));
  }
  if (filter.kind === "or") {
    return either(logBounds(filter.left, timeProperty), logBounds(filter.right, timeProperty));
  }
  if (filter.kind === "any" && filter.path[0] === "signInEventTypes") {
    return { ...nothing, kinds: namedIn(filter.inner, filter.variable) };
  }
  if (filter.kind !== "compare" || filter.count) return nothing;
  const path = filter.path.join("/");
  if (path === "status/errorCode") {
    if (filter.operator === "eq") return { ...nothing, failed: filter.value !== 0 };
    return filter.operator === "ne" && filter.value === 0 ? { ...nothing, failed: true } : nothing;
  }
  if (path !== timeProperty || typeof filter.value !== "string") return nothing;
  const moment = Date.parse(filter.value);
  if (Number.isNaN(moment)) return nothing;
  const from = ["ge", "gt", "eq"].includes(filter.operator) ? moment - slack : undefined;
  const to = ["le", "lt", "eq"].includes(filter.operator) ? moment + slack : undefined;
  return { ...nothing, from, to };
}

/** Whether a filter speaks of a property. */
export function mentions(filter: Filter | undefined, property: string): boolean {
  if (filter === undefined) return false;
  if ("left" in filter) {
    return mentions(filter.left, property) || mentions(filter.right, property);
  }
  if (filter.kind === "not") return mentions(filter.inner, property);
  return filter.path[0] === property;
}

function both(left: LogBounds, right: LogBounds): LogBounds {
  return {
    from: extreme(Math.max, left.from, right.from) ?? left.from ?? right.from,
    to: extreme(Math.min, left.to, right.to) ?? left.to ?? right.to,
    kinds:
      left.kinds !== undefined && right.kinds !== undefined
        ? new Set([...left.kinds].filter((kind) => right.kinds?.has(kind)))
        : (left.kinds ?? right.kinds),
    failed: left.failed ?? right.failed,
  };
}

function either(left: LogBounds, right: LogBounds): LogBounds {
  return {
    from: extreme(Math.min, left.from, right.from),
    to: extreme(Math.max, left.to, right.to),
    kinds:
      left.kinds !== undefined && right.kinds !== undefined
        ? new Set([...left.kinds, ...right.kinds])
        : undefined,
    failed: left.failed === right.failed ? left.failed : undefined,
  };
}

function extreme(
  choose: (left: number, right: number) => number,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  return left === undefined || right === undefined ? undefined : choose(left, right);
}

/** Values that `t eq '…'` joined by `or` names; undefined for anything else. */
function namedIn(inner: Filter | null, variable: string | null): ReadonlySet<string> | undefined {
  if (inner?.kind === "or") {
    const [left, right] = [namedIn(inner.left, variable), namedIn(inner.right, variable)];
    return left === undefined || right === undefined ? undefined : new Set([...left, ...right]);
  }
  if (inner?.kind !== "compare" || inner.operator !== "eq" || inner.path[0] !== variable) return undefined;
  return typeof inner.value === "string" ? new Set([inner.value.toLowerCase()]) : undefined;
}
