/**
 * Answers a list of log entries (Microsoft pages "List signIns", "List directoryAudits"): a page costs the page, however
 * long the log is. Newest first; entries of a page are not quite in order unless an order is asked for, and now and then a
 * page begins with the last entry of the one before.
 */

import type { PlainEntity } from "../../directory/model";
import { type Found, type LogSource, walk } from "../../feeds";
import type { EntityType, Item } from "../entity-type";
import { badQuery, unsupportedQuery } from "../errors";
import { type GraphRequest, type GraphResponse, graphBase, pathBelowVersion } from "../request";
import { checkConditions, condition } from "./conditions";
import { listText } from "./list";
import { type LogBounds, logBounds } from "./log-filter";
import { nextLink, shortened } from "./page";
import { checkShape, textRenderer } from "./select";
import { readCursor } from "./skip-token";

/** A log, and what of it the tenant still shows. */
interface LogList {
  readonly type: EntityType;
  readonly timeProperty: string;
  readonly sources: readonly LogSource[];
  /** The oldest moment that is kept. */
  readonly oldest: number;
  /** Kinds that are shown unless the filter names others; absent: all. */
  readonly usualKinds?: ReadonlySet<string>;
}

type Entry = Found<PlainEntity> & { readonly source: LogSource };

export function listLog(request: GraphRequest, log: LogList): GraphResponse {
  const { query } = request;
  checkConditions(log.type, query);
  checkShape(log.type, query, request);
  const descending = directionOf(request, log);
  if (request.counting) {
    let count = 0;
    for (const _ of entries(request, log, descending, undefined)) count += 1;
    return { status: 200, text: String(count) };
  }
  const page = pageOf(request, log, descending);
  const body: Record<string, unknown> = {
    "@odata.context": `${graphBase(request)}/$metadata#${pathBelowVersion(request)}`,
  };
  if (page.next !== undefined) body["@odata.nextLink"] = nextLink(request, page.next);
  const render = textRenderer(query, request, false);
  return { status: 200, json: listText(body, page.items.map(render)) };
}

/** Logs are sorted by their time only. */
function directionOf({ query }: GraphRequest, { timeProperty, type }: LogList): boolean {
  const [order, ...more] = query.orderBy;
  if (query.search !== undefined) throw badQuery(`$search is not supported on microsoft.graph.${type.name}.`);
  if (order === undefined) return true;
  if (order.property === timeProperty && more.length === 0) return order.descending;
  throw unsupportedQuery(`Sorting by '${order.property}' is not supported: only '${timeProperty}' is.`);
}

function pageOf(request: GraphRequest, log: LogList, descending: boolean) {
  const { query, tenant } = request;
  const now = tenant.clock.now();
  const cursor = query.skipToken === undefined ? undefined : readCursor(query.skipToken, now);
  const number = cursor?.page ?? 0;
  const most = Math.min(query.top ?? log.type.page.default, log.type.page.maximum);
  const ahead: { readonly entry: Entry; readonly item: Item }[] = [];
  for (const found of entries(request, log, descending, cursor && markOf(cursor.after))) {
    ahead.push(found);
    if (ahead.length > most) break;
  }
  const full = ahead.length > most;
  const taken = full ? ahead.slice(0, shortened(most, number, request.url.pathname)) : ahead;
  const items = taken.map(({ item }) => item);
  if (query.orderBy.length === 0) disorder(taken, items);
  const repeated = cursor !== undefined && number % 7 === 3 ? itemAt(log, markOf(cursor.after)) : undefined;
  const last = taken.at(-1)?.entry;
  return {
    items: repeated === undefined ? items : [repeated, ...items],
    next:
      full && last !== undefined
        ? {
            after: `${last.at}/${last.order}/${last.key}`,
            offset: (cursor?.offset ?? 0) + taken.length,
            page: number + 1,
            issuedAt: now,
          }
        : undefined,
  };
}

/** Entries that can be seen, are still kept and satisfy the filter. */
function* entries(
  request: GraphRequest,
  log: LogList,
  descending: boolean,
  after: ReturnType<typeof markOf> | undefined,
): Generator<{ readonly entry: Entry; readonly item: Item }> {
  const now = request.tenant.clock.now();
  const bounds = logBounds(request.query.filter, log.timeProperty);
  const kinds = log.usualKinds ?? bounds.kinds;
  const holds = condition(request.query, request.directory);
  const stretch = {
    from: Math.max(log.oldest, bounds.from ?? log.oldest),
    to: Math.min(now, bounds.to ?? now),
    descending,
    after,
  };
  for (const found of walk<PlainEntity>(log.sources, stretch)) {
    const entry = found as Entry;
    if (entry.source.visibleAt(entry.place) > now || !mayBe(entry, kinds, bounds)) continue;
    const item: Item = { type: log.type, entity: entry.source.event(entry.place) };
    if (isOfKind(item, log.usualKinds) && holds(item)) yield { entry, item };
  }
}

/** Whether an entry's kind and outcome allow it, as far as they are known before it is made. */
function mayBe({ source, place }: Entry, kinds: LogBounds["kinds"], { failed }: LogBounds): boolean {
  if (kinds === undefined && failed === undefined) return true;
  const traits = source.traits(place);
  if (traits.kind !== undefined && kinds !== undefined && !kinds.has(traits.kind.toLowerCase())) return false;
  return failed === undefined || traits.failed === undefined || traits.failed === failed;
}

function isOfKind({ entity }: Item, kinds: ReadonlySet<string> | undefined): boolean {
  if (kinds === undefined) return true;
  const { signInEventTypes } = (entity as PlainEntity).properties;
  return (
    Array.isArray(signInEventTypes) && signInEventTypes.some((kind) => kinds.has(String(kind).toLowerCase()))
  );
}

/** Swaps neighbours here and there that happened within ten minutes of one another. */
function disorder(taken: readonly { readonly entry: Entry }[], items: Item[]): void {
  for (let place = 3; place < items.length; place += 7) {
    const [left, right] = [taken[place - 1], taken[place]];
    const [first, second] = [items[place - 1], items[place]];
    if (left === undefined || right === undefined || first === undefined || second === undefined) continue;
    if (Math.abs(left.entry.at - right.entry.at) > 600_000) continue;
    items[place - 1] = second;
    items[place] = first;
  }
}

function itemAt(log: LogList, mark: ReturnType<typeof markOf>): Item | undefined {
  const source = log.sources.find(({ order }) => order === mark.order);
  // Places of made entries are their keys; planted ones are not repeated.
  if (source === undefined || mark.order === 0) return undefined;
  return { type: log.type, entity: source.event(mark.key) };
}

function markOf(text: string) {
  const [at = Number.NaN, order = Number.NaN, key = Number.NaN] = text.split("/").map(Number);
  if (Number.isNaN(at + order + key))
    throw badQuery("The value of the query option $skiptoken is not valid.");
  return { at, order, key };
}
