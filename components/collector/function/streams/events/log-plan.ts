/** What a run reads of a log: from where its watermark stands, with an overlap for events that come late. Pure. */
import { z } from "zod";
import { day, hour, isoOf } from "./clock";

/** Events are shown up to this long after they happened. */
const lateness = 24 * hour;
/** What a run reads again when reading the whole day again would cost too much. */
const shortOverlap = 2 * hour;
/** The whole day is then read again when this has passed since it was last. */
const deepEvery = 6 * hour;
/** The whole day is read again in every run as long as it holds no more: 20 pages. */
const cheapItems = 20_000;
/** Logs are kept no longer, in any edition. */
export const longestKept = 30 * day;
/** Pages of one listing, about: its page tokens need not live long then. Under the logs' budget it takes eight minutes. */
const mostPages = 250;
/** A listing that is cut spans no less. */
const shortestListing = 3 * hour;
/** A listing is cut into no more parts at a time: what came in a burst tells little of the rest. */
const mostParts = 8;

/** How far one source is read. */
export const markSchema = z.object({
  /** ISO date-time: everything that was shown by then and happened before is read. */
  until: z.string(),
  /** Likewise, and late events of the day before it were asked for. */
  deep: z.string(),
  /** Events an hour, lately. */
  rate: z.number(),
});
export type Mark = z.output<typeof markSchema>;

export const readSchema = z.object({
  /** Ids of the sources that it reads; see `Log.sources`. */
  sources: z.array(z.string()),
  /** Milliseconds since 1970. */
  from: z.number(),
  to: z.number(),
  /** Where the watermark stood; null: never read before. */
  since: z.number().nullable(),
  deep: z.boolean(),
});
export type LogRead = z.output<typeof readSchema>;

/** Splits sources into those that one listing gives. */
export type Together = (sources: readonly string[]) => readonly (readonly string[])[];

/** Every request counts: sources that stand at the same place are read by as few listings as there can be. */
export function planReads(
  sources: readonly string[],
  marks: Readonly<Record<string, Mark>>,
  now: number,
  together: Together,
): LogRead[] {
  const places = new Map<string, Omit<LogRead, "sources"> & { readonly standing: string[] }>();
  for (const id of sources) {
    const mark = marks[id];
    const { from, deep } = overlapped(mark, now);
    const since = mark === undefined ? null : Date.parse(mark.until);
    const name = [from, since, deep].join(" ");
    const place = places.get(name) ?? { from, to: now, since, deep, standing: [] };
    places.set(name, place);
    place.standing.push(id);
  }
  return [...places.values()].flatMap(({ standing, ...place }) =>
    together(standing).map((ids) => ({ sources: [...ids], ...place })),
  );
}

function overlapped(mark: Mark | undefined, now: number): { readonly from: number; readonly deep: boolean } {
  const oldest = now - longestKept;
  if (mark === undefined) return { from: oldest, deep: true };
  const deepAt = Date.parse(mark.deep);
  const deep = now - deepAt >= deepEvery || mark.rate * (lateness / hour) <= cheapItems;
  const from = deep ? deepAt - lateness : Date.parse(mark.until) - shortOverlap;
  return { from: Math.min(now, Math.max(oldest, from)), deep };
}

/**
 * How long the span of a listing should be, by its first page when that is not all: the newest events, close together or
 * far apart. What is long is listed in parts, the oldest first.
 * @param span of the listing, in milliseconds
 * @param times of the page's events
 * @returns the same span when the listing may go on
 */
export function spanAfter(span: number, times: readonly number[]): number {
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    oldest = Math.min(oldest, time);
    newest = Math.max(newest, time);
  }
  if (times.length < 2 || span <= shortestListing) return span;
  const between = Math.max(1, newest - oldest) / (times.length - 1);
  const pages = span / between / times.length;
  if (pages <= 2 * mostPages) return span;
  return Math.max(shortestListing, Math.ceil(span * Math.max(1 / mostParts, mostPages / pages)));
}

/** Where a source stands after a read that came to its end. */
export function markAfter({ from, to, deep }: LogRead, before: Mark | undefined, items: number): Mark {
  const until = isoOf(to);
  if (!deep && before !== undefined) return { ...before, until };
  return { until, deep: until, rate: items / Math.max(1, (to - from) / hour) };
}

/** No later run reads what happened before this moment. */
export function readAgainFrom(marks: Readonly<Record<string, Mark>>, now: number): number {
  const places = Object.values(marks).map(({ deep }) => Date.parse(deep) - lateness);
  return Math.max(now - longestKept - day, Math.min(now, ...places));
}
