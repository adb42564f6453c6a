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

/** What of the feed is kept. */
const keptSchema = z.object({ events: z.boolean(), access: z.boolean() });
type Kept = z.output<typeof keptSchema>;
/** What was written before it was noted: nothing is taken for new. */
const keptBefore: Kept = { events: true, access: true };

const checkpointSchema = z.object({
  version: z.literal(1),
  /** ISO date-time: what was made and shown before it is read. Null: nothing could be read yet. */
  until: z.string().nullable(),
  /**
   * The subscription was started at that moment, and what is listed begins at that one: the first content comes up to a
   * day later, and may have been made before.
   */
  started: z.object({ at: z.string(), from: z.string() }).nullable(),
  /** Why the tenant does not offer the feed, in the words of the last start. */
  refusal: z.string().nullable().default(null),
  kept: keptSchema.default(keptBefore),
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
  /** The subscription was found off and is being started: when the service had answered last. */
  off: z.number().nullable().default(null),
  refusal: z.string().nullable().default(null),
  /** How often the run stopped because so many contents could not be had. */
  outages: z.number().default(0),
  kept: keptSchema.default(keptBefore),
  /** More is kept than before: what was read already is read again. */
  widened: z.boolean().default(false),
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
export function placeOf({ resume, checkpoint, events, now }: StreamContext): Place {
  const at = now().getTime();
  const kept = { events: events.exchangeActivity, access: events.nonOwnerMailboxAccess };
  const resumed = resumeSchema.safeParse(resume);
  if (resumed.success) return goneOn(resumed.data, at, kept);
  const parsed = checkpointSchema.safeParse(checkpoint);
  const before: Checkpoint | undefined = parsed.success ? parsed.data : undefined;
  const since = before?.until == null ? null : Date.parse(before.until);
  const started = before?.started ?? null;
  const fresh = started !== null && at - Date.parse(started.at) < 2 * lateness;
  const widened = since !== null && before !== undefined && isMore(kept, before.kept);
  const overlapped = since === null || widened ? 0 : since - lateness;
  return {
    version: 1,
    now: at,
    begun: false,
    from: Math.max(oldestListed(at), fresh ? Math.min(overlapped, Date.parse(started.from)) : overlapped),
    next: null,
    since,
    answered: since,
    started: fresh ? started : null,
    off: null,
    refusal: before?.refusal ?? null,
    outages: 0,
    kept,
    widened,
    again: before?.failed ?? [],
    failed: [],
    gaps: [...shownGaps(before?.gaps ?? [], at)],
  };
}

const isMore = (kept: Kept, before: Kept): boolean =>
  (kept.events && !before.events) || (kept.access && !before.access);

/** What was made while the run stood still is read as well: a window that ends later is listed from its beginning. */
function goneOn(place: Place, now: number, kept: Kept): Place {
  const open = place.from + longestWindow > place.now;
  return {
    ...place,
    now: Math.max(now, place.now),
    next: open && now > place.now ? null : place.next,
    kept: { events: kept.events && place.kept.events, access: kept.access && place.kept.access },
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

export const savepoint = (place: Place, urgent = false): StreamStep => ({
  kind: "savepoint",
  ...(urgent && { urgent }),
  resume: {
    ...place,
    again: place.again && [...place.again],
    failed: [...place.failed],
    gaps: [...place.gaps],
  },
});

/** What the next run begins with; `until` null when this one could read nothing. */
function checkpointOf(place: Place, until: number | null): Checkpoint {
  const { started, refusal, kept, again, failed, gaps } = place;
  return {
    version: 1,
    until: until === null ? null : isoOf(until),
    started,
    refusal,
    kept,
    failed: [...failed, ...(again ?? [])].slice(0, mostFailed),
    gaps: gaps.slice(-mostFailed),
  };
}

export const endOf = (place: Place): StreamEnd => ({
  checkpoint: checkpointOf({ ...place, refusal: null }, place.now),
  read: "changes",
  degraded: gapsDegrade(place.gaps),
  readAgainFrom: isoOf(place.now - rememberedFor),
});

/** The tenant, or its cloud, does not offer the feed: the next run begins where this one did. */
export const notOfferedEnd = (place: Place, why: string): StreamEnd => ({
  checkpoint: checkpointOf({ ...place, refusal: why }, place.since),
  read: "changes",
  degraded: [{ code: "not-offered", message: `What happens in Exchange is missing: ${why}` }],
});
