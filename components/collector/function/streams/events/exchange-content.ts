/** Reads contents, several at a time, and makes records of what they hold. */

import { GraphError } from "../../graph/errors";
import { giveBack } from "../../graph/middleware/body-buffers";
import { RawObject } from "../../json/raw-object";
import type { Content } from "../../management-activity/client";
import { SubscriptionError } from "../../management-activity/client";
import type { RecordChange, RecordType } from "../../model/record";
import type { EventSettings } from "../../model/settings";
import { isoOf, utcOf } from "./clock";
import { eventData, exchangeEvent } from "./exchange-event";
import { type ExchangeRun, lateness } from "./exchange-place";
import type { Gap } from "./gaps";
import { isOthers, mailboxAccess } from "./mailbox-access";
import { problemRecord, textOf } from "./problems";
import { logonTypeOf, rawEventData, rawEvents } from "./raw-exchange-event";

export const exchangeEventType: RecordType = { type: "exchangeActivity", schemaVersion: 1, event: true };
/** Which contents are read: remembered, not written. */
export const contentType: RecordType = {
  type: "exchangeContent",
  schemaVersion: 1,
  event: true,
  marker: true,
};

const streamName = "exchange-activity";
/**
 * Contents that are under way or wait to be taken: what is in memory. 2,000 requests in a minute, a quarter of a second
 * each, are as many.
 */
const atATime = 8;
/** When so many in a row can't be had it is the service that fails, not some content. */
const mostFailures = 25;

/** So many contents in a row can't be had that the service seems to be at fault. */
export class ManyFailedError extends Error {
  override readonly name = "ManyFailedError";

  constructor(readonly last: GraphError) {
    super(last.message);
  }
}

/** A content that was read, or the reason why it was not. */
export interface ReadContent {
  readonly content: Content;
  /** JSON of a list of events; lent until the next content is taken. */
  readonly bytes?: Buffer;
  readonly failure?: GraphError;
}

/**
 * Contents in the order in which they come.
 * @param bearing go on however many fail
 * @throws SubscriptionError, ManyFailedError, or GraphError when the service, and not a content, is at fault
 */
export async function* readContents(
  { activity }: Pick<ExchangeRun, "activity">,
  contents: readonly Content[],
  bearing: boolean,
): AsyncGenerator<ReadContent, void, undefined> {
  const waiting = [...contents];
  const underWay = new Map<Content, Promise<ReadContent>>();
  let failures = 0;
  for (;;) {
    while (underWay.size < atATime) {
      const content = waiting.shift();
      if (content === undefined) break;
      const reading = readOne(activity, content);
      reading.catch(() => {});
      underWay.set(content, reading);
    }
    if (underWay.size === 0) return;
    const read = await Promise.race(underWay.values());
    underWay.delete(read.content);
    const expired = read.failure?.kind === "not-found";
    if (!expired) failures = read.failure === undefined ? 0 : failures + 1;
    if (read.failure !== undefined && failures >= mostFailures && !bearing) {
      throw new ManyFailedError(read.failure);
    }
    yield read;
    if (read.bytes !== undefined) giveBack(read.bytes);
  }
}

async function readOne(activity: ExchangeRun["activity"], content: Content): Promise<ReadContent> {
  try {
    return { content, bytes: await activity.read(content) };
  } catch (error) {
    if (error instanceof SubscriptionError || !(error instanceof GraphError)) throw error;
    if (!ofContent.has(error.kind)) throw error;
    return { content, failure: error };
  }
}

/** Failures that concern one content; with all others the run ends. */
const ofContent: ReadonlySet<GraphError["kind"]> = new Set(["service", "not-found", "malformed", "refused"]);

/** The records of a content, and the note that it is read; undefined when it is not JSON. */
export function recordsOf(
  content: Content,
  bytes: Buffer,
  events: EventSettings,
): RecordChange[] | undefined {
  const values = rawEvents(bytes) ?? listIn(bytes.toString("utf8"));
  if (values === undefined) return undefined;
  const made = madeAt(content);
  const changes: RecordChange[] = [];
  for (const value of values) {
    if (value instanceof RawObject) takeRaw(value, made, events, changes);
    else changes.push(...changesOf(value, made, events));
  }
  changes.push({ type: contentType.type, key: content.contentId, data: { at: made } });
  return changes;
}

/** Only what is more than passed on is made an object. */
function takeRaw(raw: RawObject, made: string, events: EventSettings, changes: RecordChange[]): void {
  const event = rawEventData(raw);
  const mayBeAccess = events.nonOwnerMailboxAccess && isOthers(logonTypeOf(raw));
  if (event === undefined || mayBeAccess) changes.push(...changesOf(raw.parsed(), made, events));
  else if (events.exchangeActivity)
    changes.push({ type: exchangeEventType.type, key: event.id, data: event.data });
}

/** When a content was made, as an ISO date-time in UTC. */
export const madeAt = ({ contentCreated, contentId }: Content): string => {
  const made = utcOf(contentCreated);
  if (made !== undefined) return made;
  throw new GraphError("malformed", `The content ${contentId.slice(0, 40)} does not say when it was made.`);
};

/** What a failed content leaves missing: events of the time before it was made. */
export function gapOf(content: Content, failure: GraphError | undefined, now: number): Gap {
  const made = madeAt(content);
  const malformed = failure === undefined || failure.kind === "malformed";
  return {
    from: isoOf(Date.parse(made) - lateness),
    to: made,
    reason: malformed
      ? "content-malformed"
      : failure.kind === "not-found"
        ? "content-expired"
        : "content-failed",
    subject: content.contentId,
    foundAt: isoOf(now),
  };
}

function* changesOf(value: unknown, made: string, events: EventSettings): Generator<RecordChange> {
  const event = exchangeEvent(value);
  if (typeof event === "string") {
    const at = utcOf(textOf(value, "CreationTime")) ?? made;
    yield problemRecord({ stream: streamName, raw: value, reason: event, at, id: textOf(value, "Id") });
    return;
  }
  if (events.exchangeActivity) yield { type: exchangeEventType.type, key: event.id, data: eventData(event) };
  const access = events.nonOwnerMailboxAccess ? mailboxAccess(event, events.serviceAccounts) : undefined;
  if (access !== undefined) yield access;
}

function listIn(text: string): readonly unknown[] | undefined {
  try {
    const body: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
