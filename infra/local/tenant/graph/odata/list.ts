/** Answers a collection: filter, search, order, count, pages. */
import type { EntityType, Item } from "../entity-type";
import { readProperty } from "../entity-type";
import { unsupportedQuery } from "../errors";
import { type GraphRequest, type GraphResponse, graphBase, pathBelowVersion } from "../request";
import { checkConditions, condition, demanded } from "./conditions";
import { compareValues } from "./filter-evaluation";
import { nextLink, type Page, takePage, takePlacedPage } from "./page";
import type { Query } from "./query";
import { checkShape, textRenderer } from "./select";

/** Where the items of a list come from. */
export interface Source {
  /** The type that queries are checked against; items of a mixed list may have others. */
  readonly type: EntityType;
  readonly items: () => Iterable<Item>;
  /** Items after a place in an order that lasts; those before are not visited. */
  readonly from?: (position: number) => Iterable<Item>;
  /** The place of an item; undefined when it has gone. */
  readonly positionOf?: (item: Item) => number | undefined;
  /** Items whose property equals a value, where the store has an index for it. */
  readonly indexed?: (property: string, value: string) => Iterable<Item> | undefined;
  /** The item as it is now, for a list that was remembered a while ago; undefined when it has gone. */
  readonly fresh?: (item: Item) => Item | undefined;
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
  const all = () => narrow(byIndex(source, query) ?? source.items(), query, request, cast);
  if (request.counting) return countOnly(all(), source.type, query);
  checkShape(source.type, query, request);
  const page = pageOf(request, source, cast);
  const body: Record<string, unknown> = {
    "@odata.context": `${graphBase(request)}/$metadata#${source.context ?? pathBelowVersion(request)}`,
  };
  if (query.count && (query.eventual || !source.type.directoryObject)) {
    body["@odata.count"] = countOf(all());
  }
  if (page.next !== undefined) body["@odata.nextLink"] = nextLink(request, page.next);
  const mixed = source.mixed === true && cast === undefined;
  const items = page.items.map(textRenderer(query, request, mixed));
  return { status: 200, json: listText(body, items) };
}

/** The JSON of a list whose items are JSON already; the head must not be empty. */
export function listText(head: Readonly<Record<string, unknown>>, items: readonly string[]): string {
  return `${JSON.stringify(head).slice(0, -1)},"value":[${items.join(",")}]}`;
}

/** A page by place where the source has lasting places and its own order is asked for; else of the whole list. */
function pageOf(request: GraphRequest, source: Source, cast: string | undefined): Page {
  const { query } = request;
  const { from, positionOf } = source;
  const indexed = byIndex(source, query);
  if (from !== undefined && positionOf !== undefined && indexed === undefined && query.orderBy.length === 0) {
    const isWhole = query.filter === undefined && query.search === undefined && cast === undefined;
    const after = isWhole ? from : (position: number) => narrow(from(position), query, request, cast);
    return takePlacedPage(request, source.type, after, positionOf);
  }
  const filtered = narrow(indexed ?? source.items(), query, request, cast);
  const ordered = query.orderBy.length > 0 ? order(filtered, query, request) : filtered;
  return takePage(ordered, request, source);
}

function* narrow(
  items: Iterable<Item>,
  query: Query,
  request: GraphRequest,
  cast: string | undefined,
): Generator<Item> {
  const holds = condition(query, request.directory);
  for (const item of items) {
    if (cast !== undefined && item.type.name.toLowerCase() !== cast) continue;
    if (holds(item)) yield item;
  }
}

function byIndex(source: Source, query: Query): Iterable<Item> | undefined {
  for (const [property, value] of demanded(query.filter)) {
    const found = source.indexed?.(property, value);
    if (found !== undefined) return found;
  }
  return undefined;
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
