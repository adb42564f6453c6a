/** A stream over one of Graph's logs: they have no delta query, so a watermark with an overlap stands in for one. */
import { z } from "zod";
import type { Page } from "../../graph/client";
import { GraphError } from "../../graph/errors";
import type { RecordChange, RecordType } from "../../model/record";
import type { EventSettings } from "../../model/settings";
import type { StreamName } from "../../model/stream-names";
import { type Degraded, degradedSchema } from "../lib/place";
import { missingLicense } from "../lib/run";
import type { Stream, StreamContext, StreamEnd, StreamStep } from "../stream";
import { day, hour, isoOf } from "./clock";
import { type Gap, gapRecord, gapSchema, gapsDegrade, gapType, shownGaps } from "./gaps";
import { LogEntries } from "./log-entries";
import {
  type LogRead,
  longestKept,
  type Mark,
  markAfter,
  markSchema,
  planReads,
  readAgainFrom,
  readSchema,
  spanAfter,
  type Together,
} from "./log-plan";
import { problemType, textOf } from "./problems";

/** One of Graph's logs. */
export interface Log {
  readonly name: StreamName;
  readonly type: RecordType;
  /** Property that says when an event happened. */
  readonly timeProperty: string;
  /** Days that the service keeps events, by edition, ascending. */
  readonly keptDays: readonly number[];
  /** What is missing where the tenant lacks the licence or does not offer it, a sentence without its end. */
  readonly missing: string;
  /** Names of the parts of the log that are wanted and can be chosen for themselves, for example `interactive.failed`. */
  readonly sources: (settings: EventSettings) => readonly string[];
  readonly together: Together;
  /** The listing of sources without its bounds in time. */
  readonly listing: (sources: readonly string[]) => {
    readonly path: string;
    readonly filters: readonly string[];
  };
  /** What is added to an event, by one of its properties. */
  readonly label: { readonly property: string; readonly of: (value: unknown) => object };
}

const checkpointSchema = z.object({
  version: z.literal(1),
  /** By source. A source that is switched off keeps its place. */
  marks: z.record(z.string(), markSchema),
  gaps: z.array(gapSchema),
});
type Checkpoint = z.output<typeof checkpointSchema>;

const resumeSchema = z.object({
  version: z.literal(2),
  /** Milliseconds since 1970: reads end there. */
  now: z.number(),
  reads: z.array(readSchema),
  /** Place among the reads. */
  read: z.number().int(),
  /** Where the listing under way begins, and how long the spans of listings are; null: nothing of the read is done. */
  listing: z.object({ from: z.number(), span: z.number() }).nullable(),
  /** The page of the listing under way; null: its first. */
  next: z.string().nullable(),
  /** Events of the read under way, and how old the oldest was when it was shown, in milliseconds. */
  items: z.number(),
  shown: z.number(),
  /** The spans of the read under way that were read to their end, and when they were. */
  done: z.array(z.object({ from: z.number(), to: z.number(), at: z.number() })),
  marks: z.record(z.string(), markSchema),
  gaps: z.array(gapSchema),
  missing: z.array(degradedSchema),
});
type Place = z.output<typeof resumeSchema>;

interface ReadableLog extends Log {
  readonly entries: LogEntries;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A listing whose page tokens expire is read again from its beginning so often. */
const mostRestarts = 3;

export function logStream(definition: Log): Stream {
  const log = { ...definition, entries: new LogEntries(definition) };
  return {
    name: log.name,
    records: [log.type, gapType, problemType],
    collect: (context) => collect(log, context),
  };
}

async function* collect(
  log: ReadableLog,
  context: StreamContext,
): AsyncGenerator<StreamStep, StreamEnd, undefined> {
  const place = placeOf(log, context);
  for (; place.read < place.reads.length; place.read += 1) {
    const read = place.reads[place.read];
    if (read === undefined) break;
    try {
      yield* readSpans(log, context, read, place);
      yield* ended(log, read, place);
    } catch (error) {
      const lacking = error instanceof GraphError ? missingLicense(error, log.missing) : undefined;
      if (lacking === undefined) throw error;
      place.missing.push(lacking);
    }
    Object.assign(place, { listing: null, next: null, items: 0, shown: 0, done: [] });
  }
  return endOf(place);
}

/** Where the run goes on, or begins. */
function placeOf(log: ReadableLog, { resume, checkpoint, events, now }: StreamContext): Place {
  const resumed = resumeSchema.safeParse(resume);
  if (resumed.success) return resumed.data;
  const parsed = checkpointSchema.safeParse(checkpoint);
  const before: Checkpoint = parsed.success ? parsed.data : { version: 1, marks: {}, gaps: [] };
  const at = now().getTime();
  return {
    version: 2,
    now: at,
    reads: planReads(log.sources(events), before.marks, at, log.together),
    read: 0,
    listing: null,
    next: null,
    items: 0,
    shown: 0,
    done: [],
    marks: before.marks,
    gaps: [...shownGaps(before.gaps, at)],
    missing: [],
  };
}

/** A read is one listing, unless its first page shows that it is a long one: then it is several, the oldest first. */
async function* readSpans(
  log: ReadableLog,
  context: StreamContext,
  read: LogRead,
  place: Place,
): AsyncGenerator<StreamStep, void, undefined> {
  let restarts = 0;
  let listing = place.listing ?? { from: read.from, span: read.to - read.from };
  while (listing.from < read.to) {
    place.listing = listing;
    try {
      const to = Math.min(read.to, listing.from + listing.span);
      const span = yield* readListing(log, context, read, place, { from: listing.from, to });
      if (span === undefined) {
        place.done = [...place.done, { from: listing.from, to, at: context.now().getTime() }];
        listing = { ...listing, from: to };
      } else listing = { ...listing, span };
    } catch (error) {
      const expired = error instanceof GraphError && error.kind === "expired-link" && place.next !== null;
      if (!expired || restarts++ === mostRestarts) throw error;
    }
    Object.assign(place, { listing, next: null });
    yield savepoint(place);
  }
}

/** @returns undefined at its end; else, after its first page, how long the spans of listings should be */
async function* readListing(
  log: ReadableLog,
  context: StreamContext,
  read: LogRead,
  place: Place,
  { from, to }: Span,
): AsyncGenerator<StreamStep, number | undefined, undefined> {
  const first = pathOf(log, read, { from, to });
  for await (const page of context.graph.pages(place.next ?? first, log.entries.schema)) {
    const changes = changesOf(log, page, place, { from, now: context.now().getTime() });
    const times = place.next === null && page.nextLink !== undefined ? timesOf(changes) : [];
    yield { kind: "records", changes };
    const shorter = spanAfter(to - from, times);
    if (shorter < to - from) return shorter;
    place.next = page.nextLink ?? null;
    if (page.nextLink !== undefined) yield savepoint(place);
  }
  return undefined;
}

const timesOf = (changes: readonly RecordChange[]): number[] =>
  changes.map(({ data }) => Date.parse(textOf(data, "at") ?? "")).filter((time) => !Number.isNaN(time));

function pathOf(log: ReadableLog, read: LogRead, { from, to }: Span): string {
  const { path, filters } = log.listing(read.sources);
  const property = log.timeProperty;
  const all = [`${property} ge ${isoOf(from)}`, `${property} lt ${isoOf(to)}`, ...filters];
  return `${path}?$top=1000&$filter=${encodeURIComponent(all.join(" and "))}`;
}

function changesOf(
  log: ReadableLog,
  page: Page<unknown>,
  place: Place,
  { from, now }: { readonly from: number; readonly now: number },
): RecordChange[] {
  let oldest: string | undefined;
  const about = isoOf(from);
  const changes = page.items.map((item) => {
    const { at, change } = log.entries.changeOf(item, about);
    if (at !== undefined && (oldest === undefined || at < oldest)) oldest = at;
    return change;
  });
  place.items += page.items.length;
  if (oldest !== undefined) place.shown = Math.max(place.shown, now - Date.parse(oldest));
  return changes;
}

const savepoint = (place: Place): StreamStep => ({
  kind: "savepoint",
  resume: { ...place, marks: { ...place.marks }, gaps: [...place.gaps], missing: [...place.missing] },
});

/** A read came to its end: its sources stand at that moment, and what was deleted before it could be read is named. */
async function* ended(
  log: ReadableLog,
  read: LogRead,
  place: Place,
): AsyncGenerator<StreamStep, void, undefined> {
  const gap = gapOf(log, read, place);
  if (gap !== undefined) {
    place.gaps.push(gap);
    yield { kind: "records", changes: [gapRecord(log.name, gap)] };
  }
  for (const source of read.sources) {
    place.marks = { ...place.marks, [source]: markAfter(read, place.marks[source], place.items) };
  }
}

/**
 * Nothing says how long the tenant keeps its logs. What was read tells: an event older than one edition keeps them is of
 * the next one. Without such an event the shorter time is assumed, and the gap is reported. A run may have stood still
 * between two listings, so each was read at a moment of its own.
 */
function gapOf(log: ReadableLog, read: LogRead, { now, shown, done }: Place): Gap | undefined {
  const { since, sources } = read;
  if (since === null) return undefined;
  const kept = log.keptDays.find((days) => shown <= days * day + hour) ?? longestKept / day;
  // What happened before the first listing was too old when the run began.
  const gone = [{ from: since, to: read.from }];
  for (const { from, to, at } of done) {
    gone.push({ from: Math.max(from, since), to: Math.min(to, at - kept * day) });
  }
  const [first, ...others] = gone.filter(({ from, to }) => to > from);
  if (first === undefined) return undefined;
  return {
    from: isoOf(first.from),
    to: isoOf(others.at(-1)?.to ?? first.to),
    reason: "horizon",
    subject: sources.join(", "),
    foundAt: isoOf(now),
  };
}

function endOf({ marks, gaps, missing, now }: Place): StreamEnd {
  const checkpoint: Checkpoint = { version: 1, marks: marks as Record<string, Mark>, gaps };
  return {
    checkpoint,
    read: "changes",
    degraded: [...once(missing), ...gapsDegrade(gaps)],
    readAgainFrom: isoOf(readAgainFrom(marks, now)),
  };
}

/** Each read is refused in the same words. */
const once = (missing: readonly Degraded[]): Degraded[] => [
  ...new Map(missing.map((one) => [`${one.code} ${one.message}`, one])).values(),
];
