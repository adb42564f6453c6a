/** Answers a collection: filter, search, order, count, pages. */
import type { EntityType, Item } from "../entity-type";
import { readProperty } from "../entity-type";
import { unsupportedQuery } from "../errors";
import { type GraphRequest, type GraphResponse, graphBase, pathBelowVersion } from "../request";
import { checkConditions, condition, demanded } from "./conditions";
import { compareValues } from "./filter-evaluation";
import { nextLink, takePage } from "./page";
import type { Query } from "./query";
import { checkShape, render } from "./select";

/** Where the items of a list come from. */
export interface Source {
  /** The type that queries are checked against; items of a mixed list may have others. */
  readonly type: EntityType;
  readonly items: () => Iterable<Item>;
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
  const filtered = narrow(source, query, request, cast);
  if (request.counting) return countOnly(filtered, source.type, query);
  checkShape(source.type, query, request);
  const ordered = query.orderBy.length > 0 ? order(filtered, query, request) : filtered;
  const page = takePage(ordered, request, source);
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
