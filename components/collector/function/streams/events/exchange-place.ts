/** Where the reading of a feed stands, between runs and within one. */
import { z } from "zod";
import type { ActivityReader, Content } from "../../management-activity/client";
import type { StreamContext, StreamEnd, StreamStep } from "../stream";
import { day, isoOf } from "./clock";
import { gapSchema, gapsDegrade, shownGaps } from "./gaps";

/** Content is shown up to this long after it was made, and holds events that are as old. */
export const lateness = day;
/** Content can be listed for seven days; a little less, so that a listing of many pages stays within them. */
const listedFor = 7 * day - 300_000;
/** What is remembered of events: those of the oldest content that can be listed, and the lateness before it. */
const rememberedFor = 8.5 * day;
/** The longest window of a listing. */
const longestWindow = day;
/** Failed contents that later runs ask for again. */
const mostFailed = 1_000;

const failedSchema = z.object({
  contentId: z.string(),
  contentUri: z.string(),
  contentCreated: z.string(),
  gap: gapSchema,
});
export type FailedContent = z.output<typeof failedSchema>;

const checkpointSchema = z.object({
  version: z.literal(1),
  /** ISO date-time: what was made and shown before it is read. */
  until: z.string(),
  /**
   * The subscription was started at that moment, and what is listed begins at that one: the first content comes up to a
   * day later, and may have been made before.
   */
  started: z.object({ at: z.string(), from: z.string() }).nullable(),
  failed: z.array(failedSchema),
  gaps: z.array(gapSchema),
});
type Checkpoint = z.output<typeof checkpointSchema>;

const resumeSchema = z.object({
  version: z.literal(1),
  /** Milliseconds since 1970: content that was made before is read. */
  now: z.number(),
  /** The subscription, and what was missed while the collector was down, are looked after. */
  begun: z.boolean(),
  /** Where the window under way begins, and the page of its listing; null: its first. */
  from: z.number(),
  next: z.string().nullable(),
  /** Where the watermark stood; null: never read before. */
  since: z.number().nullable(),
  /** When the service last answered, so the subscription was on. */
  answered: z.number().nullable(),
  started: checkpointSchema.shape.started,
  /** Contents of earlier runs that are asked for again; null: that is done. */
  again: z.array(failedSchema).nullable(),
  failed: z.array(failedSchema),
  gaps: z.array(gapSchema),
});
export type Place = z.output<typeof resumeSchema>;

/** What one run works with. */
export interface ExchangeRun {
  readonly activity: ActivityReader;
  readonly context: StreamContext;
  readonly place: Place;
}

/** Where the run goes on, or begins. */
export function placeOf({ resume, checkpoint, now }: StreamContext): Place {
  const resumed = resumeSchema.safeParse(resume);
  if (resumed.success) return resumed.data;
  const at = now().getTime();
  const parsed = checkpointSchema.safeParse(checkpoint);
  const before: Checkpoint | undefined = parsed.success ? parsed.data : undefined;
  const since = before === undefined ? null : Date.parse(before.until);
  const started = before?.started ?? null;
  const fresh = started !== null && at - Date.parse(started.at) < 2 * lateness;
  const overlapped = since === null ? 0 : since - lateness;
  return {
    version: 1,
    now: at,
    begun: false,
    from: Math.max(oldestListed(at), fresh ? Math.min(overlapped, Date.parse(started.from)) : overlapped),
    next: null,
    since,
    answered: since,
    started: fresh ? started : null,
    again: before?.failed ?? [],
    failed: [],
    gaps: [...shownGaps(before?.gaps ?? [], at)],
  };
}

/** The oldest moment from which content can be listed. */
export const oldestListed = (now: number): number => now - listedFor;

export const windowAt = ({ from, now }: Place) => ({ from, to: Math.min(now, from + longestWindow) });

export const contentOf = ({ contentId, contentUri, contentCreated }: FailedContent): Content => ({
  contentId,
  contentUri,
  contentCreated,
});

export const savepoint = (place: Place): StreamStep => ({
  kind: "savepoint",
  resume: {
    ...place,
    again: place.again && [...place.again],
    failed: [...place.failed],
    gaps: [...place.gaps],
  },
});

export function endOf({ now, started, failed, gaps }: Place): StreamEnd {
  const checkpoint: Checkpoint = {
    version: 1,
    until: isoOf(now),
    started,
    failed: failed.slice(0, mostFailed),
    gaps: gaps.slice(-mostFailed),
  };
  return {
    checkpoint,
    read: "changes",
    degraded: gapsDegrade(gaps),
    readAgainFrom: isoOf(now - rememberedFor),
  };
}
