/** Many GETs by `$batch`: full batches, several at a time, each item with its own retries. */
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import type { BatchAnswer, BatchGet } from "../client";
import { GraphError } from "../errors";
import { Gate, Turnstile } from "../gate";
import { PageReader } from "../page-reader";
import { Patience } from "../patience";
import { ItemSource } from "./item-source";
import {
  type BatchItem,
  type BatchReply,
  type BatchUse,
  batchItem,
  batchSize,
  type ItemOutcome,
  sendBatch,
} from "./send-batch";

/** A batch that is not full is sent when nothing else is under way and the source gave nothing for so long. */
const linger = 25;

interface Settled<Item> {
  readonly batch: Promise<Settled<Item>>;
  readonly reply: BatchReply<Item>;
}

/** Answers come in the order in which batches end. Nothing is asked that the consumer has no room for. */
export async function* readBatch<Item>(
  use: BatchUse & { readonly parallel: number },
  requests: Iterable<BatchGet> | AsyncIterable<BatchGet>,
  schema: z.ZodType<Item>,
): AsyncGenerator<BatchAnswer<Item>, void, undefined> {
  const run = new BatchRun(use, requests, schema);
  try {
    for (;;) {
      const reply = await run.next();
      if (reply === undefined) return;
      for (const item of reply.items) {
        const answer = run.answer(reply.outcome(item));
        if (answer !== undefined) yield answer;
      }
    }
  } finally {
    await run.close();
  }
}

class BatchRun<Item> {
  private readonly source: ItemSource;
  private readonly reader: PageReader<Item>;
  private readonly stop = new AbortController();
  /** One batch is parsed and handed on at a time; those that are there already wait as bytes. */
  private readonly turnstile = new Turnstile();
  private wasTaken = false;
  private readonly signal: AbortSignal;
  private readonly inFlight = new Set<Promise<Settled<Item>>>();
  private readonly waiting: { readonly item: BatchItem; readonly at: number }[] = [];

  constructor(
    private readonly use: BatchUse & { readonly parallel: number },
    requests: Iterable<BatchGet> | AsyncIterable<BatchGet>,
    schema: z.ZodType<Item>,
  ) {
    this.source = new ItemSource(requests);
    this.reader = new PageReader(schema);
    this.signal = use.transport.use.deadline.signalWith(this.stop.signal);
  }

  /** The batch that ends next; undefined when all is done. */
  async next(): Promise<BatchReply<Item> | undefined> {
    let lingered = false;
    if (this.wasTaken) this.turnstile.advance();
    this.wasTaken = false;
    for (;;) {
      this.signal.throwIfAborted();
      while (this.launch(lingered)) lingered = false;
      if (this.inFlight.size === 0 && this.waiting.length === 0 && this.source.isEnded) return undefined;
      const event = await this.nextEvent();
      if (typeof event === "object") {
        this.inFlight.delete(event.batch);
        this.wasTaken = true;
        return event.reply;
      }
      lingered = event === "lingered";
    }
  }

  /** The answer that an outcome ends in; undefined when the item is asked again. */
  answer(outcome: ItemOutcome<Item>): BatchAnswer<Item> | undefined {
    const { item } = outcome;
    if ("page" in outcome) return { id: item.id, page: outcome.page };
    if ("error" in outcome) return { id: item.id, error: outcome.error };
    const { use } = this.use.transport;
    item.patience ??= new Patience(use);
    try {
      const at = use.timing.now() + item.patience.next(outcome.trouble);
      use.counters.retries++;
      this.waiting.push({ item, at });
      return undefined;
    } catch (error) {
      if (error instanceof GraphError) return { id: item.id, error };
      throw error;
    }
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.reader.release();
    await this.source.close();
  }

  /** Sends one batch if there is room and enough to fill it, or no more to wait for. */
  private launch(lingered: boolean): boolean {
    if (!this.hasRoom) return false;
    const now = this.use.transport.use.timing.now();
    const due = this.waiting.filter(({ at }) => at <= now).length;
    const ready = due + this.source.available(batchSize);
    const flush = this.source.isEnded || (lingered && this.inFlight.size === 0);
    if (ready === 0 || (ready < batchSize && !flush)) return false;
    this.send(this.takeItems(now));
    return true;
  }

  /** A batch that waits as bytes says that the consumer is the slower side: more would only take memory. */
  private get hasRoom(): boolean {
    return this.inFlight.size < this.use.parallel && this.turnstile.queue === 0;
  }

  private takeItems(now: number): readonly BatchItem[] {
    const items: BatchItem[] = [];
    const fits = (item: BatchItem) =>
      items.length < batchSize && (items[0] === undefined || items[0].version === item.version);
    for (let index = 0; index < this.waiting.length; ) {
      const waiting = this.waiting[index];
      if (waiting === undefined || waiting.at > now || !fits(waiting.item)) index++;
      else items.push(...this.waiting.splice(index, 1).map(({ item }) => item));
    }
    for (const { id, path } of this.source.take(batchSize - items.length)) {
      const item = batchItem(this.use.links, id, path);
      if (fits(item)) items.push(item);
      else this.waiting.push({ item, at: now });
    }
    return items;
  }

  private send(items: readonly BatchItem[]): void {
    const gate = new Gate(this.signal);
    const whenWanted = () => this.turnstile.enter(gate);
    const batch: Promise<Settled<Item>> = sendBatch(
      this.use,
      items,
      this.reader,
      this.signal,
      whenWanted,
    ).then((reply) => ({ batch, reply }));
    batch.catch(() => {});
    this.inFlight.add(batch);
  }

  /** Whatever comes first: a batch that ended, an item of the source, the end of an item's wait, or of patience. */
  private async nextEvent(): Promise<Settled<Item> | "pulled" | "due" | "lingered"> {
    const events: Promise<Settled<Item> | "pulled" | "due" | "lingered">[] = [...this.inFlight];
    const race = new AbortController();
    const { signal } = race;
    this.signal.addEventListener("abort", () => race.abort(this.signal.reason), { signal });
    if (this.hasRoom) {
      if (!this.source.isEnded) events.push(this.source.pull().then(() => "pulled" as const));
      const due = this.nextDue();
      if (due !== undefined) events.push(this.until(due, signal));
      if (this.inFlight.size === 0 && !this.source.isEnded)
        events.push(sleep(linger, "lingered" as const, { signal }));
    }
    for (const event of events) event.catch(() => {});
    try {
      return await Promise.race(events);
    } finally {
      race.abort();
    }
  }

  /** When the next item that still waits may be asked again. */
  private nextDue(): number | undefined {
    const now = this.use.transport.use.timing.now();
    const later = this.waiting.map(({ at }) => at).filter((at) => at > now);
    return later.length === 0 ? undefined : Math.min(...later);
  }

  private async until(at: number, signal: AbortSignal): Promise<"due"> {
    const { timing } = this.use.transport.use;
    await timing.wait(at - timing.now(), signal);
    return "due";
  }
}
