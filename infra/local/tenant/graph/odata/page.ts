/** Cuts a list into pages (Microsoft page "Paging Microsoft Graph data in your app"). */
import type { EntityType, Item } from "../entity-type";
import type { GraphRequest } from "../request";
import type { Source } from "./list";
import { type Cursor, readCursor, writeCursor } from "./skip-token";

/** One page, and where the next begins when there is one. */
export interface Page {
  readonly items: readonly Item[];
  readonly next: Cursor | undefined;
}

/** The page that the request's `$skiptoken` points at, or the first. */
export function takePage(items: Iterable<Item>, request: GraphRequest, { type, fresh }: Source): Page {
  const now = request.tenant.clock.now();
  const { skipToken, top } = request.query;
  const size = Math.min(top ?? type.page.default, type.page.maximum);
  const cursor = skipToken === undefined ? undefined : readCursor(skipToken, now);
  const place = cursor === undefined ? undefined : findPlace(items, cursor, request, now);
  const ahead =
    place === undefined ? takeFirst(items, size + 1) : place.items.slice(place.start, place.start + size + 1);
  const page = cursor?.page ?? 0;
  const taken = ahead.length <= size ? ahead : ahead.slice(0, shortened(size, page, request.url.pathname));
  const shown = fresh === undefined ? taken : taken.flatMap((item) => fresh(item) ?? []);
  const last = taken.at(-1);
  if (ahead.length <= size || last === undefined) return { items: shown, next: undefined };
  const offset = (place?.start ?? 0) + taken.length;
  const next = { after: last.entity.id, offset, page: page + 1, issuedAt: now };
  return { items: shown, next: place?.list === undefined ? next : { ...next, list: place.list } };
}

/** A page of items that have lasting places: it costs the page, not the list, and misses none that stayed. */
export function takePlacedPage(
  request: GraphRequest,
  type: EntityType,
  after: (position: number) => Iterable<Item>,
  positionOf: (item: Item) => number | undefined,
): Page {
  const now = request.tenant.clock.now();
  const { skipToken, top } = request.query;
  const size = Math.min(top ?? type.page.default, type.page.maximum);
  const cursor = skipToken === undefined ? undefined : readCursor(skipToken, now);
  const ahead = takeFirst(after(cursor?.position ?? 0), size + 1);
  if (ahead.length <= size) return { items: ahead, next: undefined };
  const page = cursor?.page ?? 0;
  const items = ahead.slice(0, shortened(size, page, request.url.pathname));
  const last = items.at(-1);
  const position = last === undefined ? 0 : (positionOf(last) ?? 0);
  const offset = (cursor?.offset ?? 0) + items.length;
  return { items, next: { after: last?.entity.id ?? "", offset, page: page + 1, issuedAt: now, position } };
}

/** The absolute URL of the next page: the client's own options and the token. */
export function nextLink({ url }: GraphRequest, cursor: Cursor): string {
  const parameters = [...url.searchParams]
    .filter(([name]) => name.toLowerCase().replace("$", "") !== "skiptoken")
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  parameters.push(`$skiptoken=${writeCursor(cursor)}`);
  return `${url.origin}${url.pathname}?${parameters.join("&")}`;
}

interface Place {
  readonly items: readonly Item[];
  readonly start: number;
  /** Key of the remembered list, if it is one. */
  readonly list: string | undefined;
}

/** After the entity of the cursor; at the cursor's offset when that entity was deleted meanwhile. */
function findPlace(items: Iterable<Item>, cursor: Cursor, { snapshots }: GraphRequest, now: number): Place {
  const remembered = snapshots.recall(cursor.list, now);
  if (remembered !== undefined) return { items: remembered, start: cursor.offset, list: cursor.list };
  const all = [...items];
  const expected = all[cursor.offset - 1]?.entity.id === cursor.after ? cursor.offset - 1 : undefined;
  const last = expected ?? all.findIndex((item) => item.entity.id === cursor.after);
  return { items: all, start: last < 0 ? cursor.offset : last + 1, list: snapshots.remember(all, now) };
}

function takeFirst(items: Iterable<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

/**
 * Graph may return fewer than `$top` items and still have more. About one page in five does here, the same ones at every
 * run, so that a client which stops at a short page is found out.
 */
export function shortened(size: number, page: number, path: string): number {
  let hash = page + 1;
  for (const sign of path.toLowerCase()) hash = (Math.imul(hash, 31) + (sign.codePointAt(0) ?? 0)) >>> 0;
  return hash % 5 === 0 ? Math.max(1, Math.floor(size * 0.7)) : size;
}
