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
/** One listing spans no more, so that its page tokens need not live long. */
const longestWindow = 7 * day;

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

/** A part of a log that can be chosen for itself. */
export interface LogSource {
  /** For example `interactive.failed`. */
  readonly id: string;
  /** Sources of one group are one listing when they stand at the same place. */
  readonly group: string;
}

export const readSchema = z.object({
  group: z.string(),
  /** Ids of the sources that it reads. */
  sources: z.array(z.string()),
  /** Milliseconds since 1970. */
  from: z.number(),
  to: z.number(),
  /** Where the watermark stood; null: never read before. */
  since: z.number().nullable(),
  deep: z.boolean(),
});
export type LogRead = z.output<typeof readSchema>;

export function planReads(
  sources: readonly LogSource[],
  marks: Readonly<Record<string, Mark>>,
  now: number,
): LogRead[] {
  const reads = new Map<string, LogRead>();
  for (const { id, group } of sources) {
    const mark = marks[id];
    const { from, deep } = overlapped(mark, now);
    const since = mark === undefined ? null : Date.parse(mark.until);
    const place = [group, from, since, deep].join(" ");
    const same = reads.get(place);
    if (same !== undefined) same.sources.push(id);
    else reads.set(place, { group, sources: [id], from, to: now, since, deep });
  }
  return [...reads.values()];
}

function overlapped(mark: Mark | undefined, now: number): { readonly from: number; readonly deep: boolean } {
  const oldest = now - longestKept;
  if (mark === undefined) return { from: oldest, deep: true };
  const deepAt = Date.parse(mark.deep);
  const deep = now - deepAt >= deepEvery || mark.rate * (lateness / hour) <= cheapItems;
  const from = deep ? deepAt - lateness : Date.parse(mark.until) - shortOverlap;
  return { from: Math.min(now, Math.max(oldest, from)), deep };
}

/** The listings of a read, the oldest first. */
export function windowsOf({ from, to }: LogRead): { readonly from: number; readonly to: number }[] {
  const windows = [];
  for (let start = from; start < to; start += longestWindow) {
    windows.push({ from: start, to: Math.min(to, start + longestWindow) });
  }
  return windows;
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
