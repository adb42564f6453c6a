/**
 * What happened in Exchange Online, from the feed of Office 365 events. Microsoft page "Office 365 Management Activity API
 * reference". Content is listed by when it was made, which says little of when its events happened: the watermark is the
 * former, events are told apart by their ids.
 */
import { GraphError } from "../../graph/errors";
import { type Content, type ContentPage, SubscriptionError } from "../../management-activity/client";
import { windowRefused } from "../../management-activity/failures";
import type { Stream, StreamContext, StreamEnd, StreamStep } from "../stream";
import { hour, isoOf } from "./clock";
import {
  contentType,
  exchangeEventType,
  gapOf,
  ManyFailedError,
  madeAt,
  type ReadContent,
  readContents,
  recordsOf,
} from "./exchange-content";
import {
  contentOf,
  type ExchangeRun,
  endOf,
  type FailedContent,
  lateness,
  notOfferedEnd,
  oldestListed,
  placeOf,
  savepoint,
  windowAt,
} from "./exchange-place";
import { noteStart, takeOffGap, wasRefused } from "./exchange-subscription";
import { closedGap, type Gap, gapRecord, gapType } from "./gaps";
import { mailboxAccessType } from "./mailbox-access";
import { problemType } from "./problems";

const name = "exchange-activity";
const feed = "Audit.Exchange";
/** A window that later runs do not list is listed again until nothing new shows, and so often at most. */
const mostListings = 3;
/** A run stops so often where many contents fail; then they are taken for lost, and the rest goes on. */
const mostOutages = 3;

export const exchangeActivity: Stream = {
  name,
  records: [exchangeEventType, mailboxAccessType, gapType, problemType, contentType],
  collect,
};

async function* collect(context: StreamContext): AsyncGenerator<StreamStep, StreamEnd, undefined> {
  const { activity } = context;
  const place = placeOf(context);
  if (activity === undefined) return notOfferedEnd(place, "this cloud has no feed of Office 365 events.");
  try {
    yield* new Run({ activity, context, place }).collect();
  } catch (error) {
    if (!(error instanceof GraphError) || error.kind !== "not-offered") throw error;
    return notOfferedEnd(place, error.message);
  }
  return endOf(place);
}

class Run {
  /** Pages of the window under way. */
  private readonly pages = new Set<string>();
  private listings = 1;
  /** Whether the listing under way brought contents that were not known. */
  private news = false;

  constructor(private readonly run: ExchangeRun) {}

  get place() {
    return this.run.place;
  }

  async *collect(): AsyncGenerator<StreamStep, void, undefined> {
    const { place } = this;
    if (!place.begun) yield* this.begin();
    yield* this.readAgain();
    while (place.from < place.now) {
      const page = yield* this.list();
      if (page === undefined) continue;
      yield* this.read(page);
      this.goOn(page.next);
      yield savepoint(place);
    }
    yield* this.nameOff();
  }

  /** To the next page or window, or to the same window again. @throws GraphError for pages that lead in a circle */
  private goOn(next: string | undefined): void {
    const { place, pages } = this;
    place.next = next ?? null;
    if (next !== undefined) {
      if (pages.has(next)) throw new GraphError("malformed", "The listing of the feed leads in a circle.");
      pages.add(next);
      return;
    }
    pages.clear();
    const window = windowAt(place);
    const unsettled = this.listings === 1 || (this.news && this.listings < mostListings);
    this.news = false;
    if (unsettled && !place.widened && window.to <= place.now - lateness) {
      this.listings++;
      return;
    }
    this.listings = 1;
    place.from = window.to;
  }

  /** Starts the subscription, once; names what was made before the oldest that can be listed. */
  private async *begin(): AsyncGenerator<StreamStep, void, undefined> {
    const { place } = this;
    if (place.since === null && place.started === null) yield* this.start();
    if (place.since !== null && place.since < place.from) yield* this.missed(place.since, place.from);
    place.begun = true;
    yield savepoint(place);
  }

  /** What is missing because the subscription was off is named; the first start misses nothing that was promised. */
  private async *start(): AsyncGenerator<StreamStep, void, undefined> {
    const { place } = this;
    const { started, off } = place;
    noteStart(place, this.now());
    yield savepoint(place, true);
    try {
      await this.run.activity.start(feed);
    } catch (error) {
      if (!wasRefused(error)) throw error;
      Object.assign(place, { started, off });
      yield savepoint(place, true);
      throw error;
    }
  }

  /** The service answered: if the subscription was off, it is on again. */
  private async *nameOff(): AsyncGenerator<StreamStep, void, undefined> {
    const gap = takeOffGap(this.place, this.now());
    if (gap !== undefined) yield* this.gap(gap);
  }

  /** The page that is next; undefined when the listing begins again. */
  private async *list(): AsyncGenerator<StreamStep, ContentPage | undefined, undefined> {
    const { place, run } = this;
    try {
      const page = await run.activity.list(feed, windowAt(place), place.next ?? undefined);
      place.answered = this.now();
      yield* this.nameOff();
      return page;
    } catch (error) {
      if (error instanceof SubscriptionError) yield* this.start();
      else if (isExpiredPage(error) && place.next !== null) this.listAgain();
      else if (isTooOld(error)) yield* this.skip();
      else throw error;
      return undefined;
    }
  }

  private listAgain(): void {
    this.place.next = null;
    this.pages.clear();
  }

  /** What became too old while it waited to be listed is skipped: an hour at least, since clocks may differ. */
  private async *skip(): AsyncGenerator<StreamStep, void, undefined> {
    const { place } = this;
    const from = place.from;
    place.from = Math.max(oldestListed(this.now()), from + hour);
    this.listAgain();
    const missing = place.since === null ? place.from : Math.max(place.since, from);
    if (missing < place.from) yield* this.missed(missing, place.from);
  }

  private missed(from: number, to: number): AsyncGenerator<StreamStep, void, undefined> {
    const foundAt = isoOf(this.place.now);
    return this.gap({ from: isoOf(from), to: isoOf(to), reason: "horizon", subject: null, foundAt });
  }

  private async *read({ contents }: ContentPage): AsyncGenerator<StreamStep, void, undefined> {
    const { place, run } = this;
    const failed = new Set(place.failed.map(({ contentId }) => contentId));
    const wanted: Content[] = [];
    for (const content of contents) {
      const known = await run.context.isKnown(contentType.type, content.contentId, madeAt(content));
      if ((!known || place.widened) && !failed.has(content.contentId)) wanted.push(content);
      if (!known) this.news = true;
    }
    yield* this.readAll(wanted, new Map(), place.outages >= mostOutages);
  }

  /** Contents that failed in earlier runs: that they still do says nothing of the service. */
  private async *readAgain(): AsyncGenerator<StreamStep, void, undefined> {
    const { place } = this;
    const again = place.again ?? [];
    const gaps = new Map(again.map(({ contentId, gap }) => [contentId, gap]));
    yield* this.readAll(again.map(contentOf), gaps, true);
    place.again = null;
  }

  /**
   * What fails is told when all others are read: until then it may be the whole service that fails, and then the run does.
   * @param gaps open ones, by content: closed when the content is read
   * @param bearing go on however many fail
   */
  private async *readAll(
    contents: readonly Content[],
    gaps: ReadonlyMap<string, Gap>,
    bearing: boolean,
  ): AsyncGenerator<StreamStep, void, undefined> {
    const { run, place } = this;
    const left = new Map(contents.map((content) => [content.contentId, content]));
    const failures: ReadContent[] = [];
    while (left.size > 0) {
      try {
        for await (const read of readContents(run, [...left.values()], bearing)) {
          const { content, bytes } = read;
          left.delete(content.contentId);
          const changes = bytes === undefined ? undefined : recordsOf(content, bytes, run.context.events);
          if (changes === undefined) {
            failures.push(read);
            continue;
          }
          this.isRead(content);
          yield { kind: "records", changes: [...changes, ...this.closing(gaps.get(content.contentId))] };
          place.answered = this.now();
          yield* this.nameOff();
          yield savepoint(place);
        }
      } catch (error) {
        if (error instanceof ManyFailedError) yield* this.outage(error);
        if (!(error instanceof SubscriptionError)) throw error;
        yield* this.start();
      }
    }
    for (const { content, failure } of failures) {
      yield* this.failed(content, failure, gaps.get(content.contentId));
    }
  }

  /** @throws GraphError always: the next attempt goes on here */
  private async *outage({ last }: ManyFailedError): AsyncGenerator<StreamStep, never, undefined> {
    this.place.outages++;
    yield savepoint(this.place, true);
    throw last;
  }

  /** A content of earlier runs need not be asked for any more. */
  private isRead({ contentId }: Content): void {
    const { place } = this;
    if (place.again !== null) place.again = place.again.filter((other) => other.contentId !== contentId);
  }

  private closing(gap: Gap | undefined) {
    if (gap === undefined) return [];
    this.place.gaps = this.place.gaps.filter(({ subject }) => subject !== gap.subject);
    return [closedGap(gap)];
  }

  /** The rest goes on. What may yet be had is asked for again by the next run. */
  private async *failed(
    content: Content,
    failure: GraphError | undefined,
    before: Gap | undefined,
  ): AsyncGenerator<StreamStep, void, undefined> {
    this.isRead(content);
    const gap = before ?? gapOf(content, failure, this.place.now);
    if (before === undefined) yield* this.gap(gap);
    if (failure?.kind === "not-found") return;
    const { contentId, contentUri, contentCreated } = content;
    const again: FailedContent = { contentId, contentUri, contentCreated, gap };
    this.place.failed.push(again);
  }

  private async *gap(gap: Gap): AsyncGenerator<StreamStep, void, undefined> {
    this.place.gaps.push(gap);
    yield { kind: "records", changes: [gapRecord(name, gap)] };
  }

  private now(): number {
    return this.run.context.now().getTime();
  }
}

const isExpiredPage = (error: unknown): boolean =>
  error instanceof GraphError && error.kind === "expired-link";
const isTooOld = (error: unknown): boolean =>
  error instanceof GraphError && error.details.code === windowRefused;
