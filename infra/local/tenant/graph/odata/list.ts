/** Answers a collection: filter, search, order, count, pages. */
import type { EntityType, Item } from "../entity-type";
import { readProperty } from "../entity-type";
import { unsupportedQuery } from "../errors";
import { type GraphRequest, type GraphResponse, graphBase, pathBelowVersion } from "../request";
import { checkConditions, condition, demanded } from "./conditions";
import { compareValues } from "./filter-evaluation";
import type { Query } from "./query";
import { checkShape, render } from "./select";
import { type Cursor, readCursor, writeCursor } from "./skip-token";

/** Where the items of a list come from. */
export interface Source {
  /** The type that queries are checked against; items of a mixed list may have others. */
  readonly type: EntityType;
  readonly items: () => Iterable<Item>;
  /** Items whose property equals a value, where the store has an index for it. */
  readonly indexed?: (property: string, value: string) => Iterable<Item> | undefined;
  /** Items carry `@odata.type`. */
  readonly mixed?: boolean;
  /** For the `@odata.context` of the reply. */
  readonly context?: string;
}

/** The reply to a GET of a collection. */
export function list(request: GraphRequest, source: Source): GraphResponse {
  const { query } = request;
  checkConditions(source.type, query);
  const cast = request.cast?.toLowerCase().replace("microsoft.graph.", "");
  const filtered = narrow(source, query, request, cast);
  if (request.counting) return countOnly(filtered, source.type, query);
  checkShape(source.type, query, request);
  const ordered = query.orderBy.length > 0 ? order(filtered, query, request) : filtered;
  const page = takePage(ordered, request, source.type);
  const body: Record<string, unknown> = {
    "@odata.context": `${graphBase(request)}/$metadata#${source.context ?? pathBelowVersion(request)}`,
  };
  if (query.count && (query.eventual || !source.type.directoryObject)) {
    body["@odata.count"] = countOf(narrow(source, query, request, cast));
  }
  if (page.next !== undefined) body["@odata.nextLink"] = nextLink(request, page.next);
  const mixed = source.mixed === true && cast === undefined;
  body.value = page.items.map((item) => render(item, query, request, mixed));
  return { status: 200, body };
}

function* narrow(
  source: Source,
  query: Query,
  request: GraphRequest,
  cast: string | undefined,
): Generator<Item> {
  const holds = condition(query, request.directory);
  for (const item of candidates(source, query)) {
    if (cast !== undefined && item.type.name.toLowerCase() !== cast) continue;
    if (holds(item)) yield item;
  }
}

function candidates(source: Source, query: Query): Iterable<Item> {
  for (const [property, value] of demanded(query.filter)) {
    const found = source.indexed?.(property, value);
    if (found !== undefined) return found;
  }
  return source.items();
}

function countOnly(items: Iterable<Item>, type: EntityType, query: Query): GraphResponse {
  if (type.directoryObject && !query.eventual) {
    throw unsupportedQuery(
      "$count is not currently supported without the header ConsistencyLevel: eventual.",
    );
  }
  return { status: 200, text: String(countOf(items)) };
}

function countOf(items: Iterable<Item>): number {
  let count = 0;
  for (const _ of items) count += 1;
  return count;
}

function order(items: Iterable<Item>, query: Query, request: GraphRequest): Item[] {
  return [...items].sort((left, right) => {
    for (const { property, descending } of query.orderBy) {
      const [a, b] = [left, right].map((item) => readProperty(item, property, request.directory));
      const difference = compareValues(a, b) ?? Number(a !== null) - Number(b !== null);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
}

interface Page {
  readonly items: readonly Item[];
  readonly next?: Cursor;
}

function takePage(items: Iterable<Item>, request: GraphRequest, type: EntityType): Page {
  const now = request.tenant.clock.now();
  const token = request.query.skipToken;
  const cursor = token === undefined ? undefined : readCursor(token, now);
  const rest = cursor === undefined ? [...items] : itemsAfter(items, cursor);
  const offset = cursor?.offset ?? 0;
  const page = cursor?.page ?? 0;
  const size = Math.min(request.query.top ?? type.page.default, type.page.maximum);
  if (rest.length <= size) return { items: rest };
  const taken = rest.slice(0, shortened(size, page, request.url.pathname));
  const last = taken.at(-1);
  if (last === undefined) return { items: taken };
  return {
    items: taken,
    next: { after: last.entity.id, offset: offset + taken.length, page: page + 1, issuedAt: now },
  };
}

/** From the entity after the cursor's; from the cursor's offset when that entity was deleted meanwhile. */
function itemsAfter(items: Iterable<Item>, cursor: Cursor): Item[] {
  const all = [...items];
  const guess = all[cursor.offset - 1]?.entity.id === cursor.after ? cursor.offset - 1 : undefined;
  const last = guess ?? all.findIndex((item) => item.entity.id === cursor.after);
  return all.slice(last < 0 ? cursor.offset : last + 1);
}

/**
 * Graph may return fewer than `$top` items and still have more. About one page in five does here, the same ones at every
 * run, so that a client which stops at a short page is found out.
 */
function shortened(size: number, page: number, path: string): number {
  let hash = page + 1;
  for (const sign of path.toLowerCase()) hash = (Math.imul(hash, 31) + (sign.codePointAt(0) ?? 0)) >>> 0;
  return hash % 5 === 0 ? Math.max(1, Math.floor(size * 0.7)) : size;
}

function nextLink(request: GraphRequest, cursor: Cursor): string {
  const parameters = [...request.url.searchParams]
    .filter(([name]) => name.toLowerCase().replace("$", "") !== "skiptoken")
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  parameters.push(`$skiptoken=${writeCursor(cursor)}`);
  return `${request.url.origin}${request.url.pathname}?${parameters.join("&")}`;
}
