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
import { day, hour, isoOf, utcOf } from "./clock";
import { type Gap, gapRecord, gapSchema, gapsDegrade, gapType, shownGaps } from "./gaps";
import {
  type LogRead,
  type LogSource,
  longestKept,
  type Mark,
  markAfter,
  markSchema,
  planReads,
  readAgainFrom,
  readSchema,
  windowsOf,
} from "./log-plan";
import { problemRecord, problemType, textOf } from "./problems";

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
  readonly sources: (settings: EventSettings) => readonly LogSource[];
  /** The listing of a read without its bounds in time. */
  readonly listing: (read: LogRead) => { readonly path: string; readonly filters: readonly string[] };
  /** What is added to each event of a read. */
  readonly label: (read: LogRead) => object;
}

const checkpointSchema = z.object({
  version: z.literal(1),
  /** By source. A source that is switched off keeps its place. */
  marks: z.record(z.string(), markSchema),
  gaps: z.array(gapSchema),
});
type Checkpoint = z.output<typeof checkpointSchema>;

const resumeSchema = z.object({
  version: z.literal(1),
  /** Milliseconds since 1970: reads end there. */
  now: z.number(),
  reads: z.array(readSchema),
  /** Place among the reads, and among the windows of that read. */
  read: z.number().int(),
  window: z.number().int(),
  next: z.string().nullable(),
  /** Events of the read under way, and how old the oldest was when it was shown, in milliseconds. */
  items: z.number(),
  shown: z.number().default(0),
  /** When the windows of the read under way were read to their end. */
  readAt: z.array(z.number()).default([]),
  marks: z.record(z.string(), markSchema),
  gaps: z.array(gapSchema),
  missing: z.array(degradedSchema),
});
type Place = z.output<typeof resumeSchema>;

/** A window whose page tokens expire is read again from its beginning so often. */
const mostRestarts = 3;

export function logStream(log: Log): Stream {
  return {
    name: log.name,
    records: [log.type, gapType, problemType],
    collect: (context) => collect(log, context),
  };
}

async function* collect(log: Log, context: StreamContext): AsyncGenerator<StreamStep, StreamEnd, undefined> {
  const place = placeOf(log, context);
  for (; place.read < place.reads.length; place.read += 1) {
    const read = place.reads[place.read];
    if (read === undefined) break;
    try {
      yield* readWindows(log, context, read, place);
      yield* ended(log, read, place);
    } catch (error) {
      const lacking = error instanceof GraphError ? missingLicense(error, log.missing) : undefined;
      if (lacking === undefined) throw error;
      place.missing.push(lacking);
    }
    Object.assign(place, { window: 0, next: null, items: 0, shown: 0, readAt: [] });
  }
  return endOf(place);
}

/** Where the run goes on, or begins. */
function placeOf(log: Log, { resume, checkpoint, events, now }: StreamContext): Place {
  const resumed = resumeSchema.safeParse(resume);
  if (resumed.success) return resumed.data;
  const parsed = checkpointSchema.safeParse(checkpoint);
  const before: Checkpoint = parsed.success ? parsed.data : { version: 1, marks: {}, gaps: [] };
  const at = now().getTime();
  return {
    version: 1,
    now: at,
    reads: planReads(log.sources(events), before.marks, at),
    read: 0,
    window: 0,
    next: null,
    items: 0,
    shown: 0,
    readAt: [],
    marks: before.marks,
    gaps: [...shownGaps(before.gaps, at)],
    missing: [],
  };
}

async function* readWindows(
  log: Log,
  context: StreamContext,
  read: LogRead,
  place: Place,
): AsyncGenerator<StreamStep, void, undefined> {
  const windows = windowsOf(read);
  let restarts = 0;
  while (place.window < windows.length) {
    const window = windows[place.window];
    if (window === undefined) break;
    try {
      for await (const page of context.graph.pages(place.next ?? pathOf(log, read, window), z.unknown())) {
        yield {
          kind: "records",
          changes: changesOf(log, read, window, page, place, context.now().getTime()),
        };
        place.next = page.nextLink ?? null;
        if (page.nextLink !== undefined) yield savepoint(place);
      }
    } catch (error) {
      const expired = error instanceof GraphError && error.kind === "expired-link" && place.next !== null;
      if (!expired || restarts++ === mostRestarts) throw error;
      place.next = null;
      continue;
    }
    place.readAt = [...place.readAt, context.now().getTime()];
    Object.assign(place, { window: place.window + 1, next: null });
    yield savepoint(place);
  }
}

function pathOf(
  log: Log,
  read: LogRead,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const { path, filters } = log.listing(read);
  const property = log.timeProperty;
  const all = [`${property} ge ${isoOf(from)}`, `${property} lt ${isoOf(to)}`, ...filters];
  return `${path}?$top=1000&$filter=${encodeURIComponent(all.join(" and "))}`;
}

function changesOf(
  log: Log,
  read: LogRead,
  window: { readonly from: number },
  page: Page<unknown>,
  place: Place,
  now: number,
): RecordChange[] {
  const label = log.label(read);
  let oldest: string | undefined;
  const changes = page.items.map((item) => {
    const id = textOf(item, "id");
    const at = utcOf(textOf(item, log.timeProperty));
    if (id === undefined || at === undefined) {
      const reason = id === undefined ? "id is missing" : `${log.timeProperty} is no date-time`;
      return problemRecord({ stream: log.name, raw: item, reason, at: at ?? isoOf(window.from), id });
    }
    if (oldest === undefined || at < oldest) oldest = at;
    // The item is nobody else's, and copying millions is what takes the time.
    return { type: log.type.type, key: id, data: Object.assign(Object(item), label, { at }) };
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
async function* ended(log: Log, read: LogRead, place: Place): AsyncGenerator<StreamStep, void, undefined> {
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
 * between two windows, so each was read at a moment of its own.
 */
function gapOf(log: Log, read: LogRead, { now, shown, readAt }: Place): Gap | undefined {
  const { since, sources } = read;
  if (since === null) return undefined;
  const kept = log.keptDays.find((days) => shown <= days * day + hour) ?? longestKept / day;
  // What happened before the first window was too old when the run began.
  const gone = [{ from: since, to: read.from }];
  for (const [index, { from, to }] of windowsOf(read).entries()) {
    gone.push({ from: Math.max(from, since), to: Math.min(to, (readAt[index] ?? now) - kept * day) });
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
