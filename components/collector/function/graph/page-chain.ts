/** Pages that were asked for before they are wanted: each names the next as soon as its first bytes are there. */
import { createHash } from "node:crypto";
import type { z } from "zod";
import { chargeOf } from "./budget/costs";
import type { Page } from "./client";
import { GraphError } from "./errors";
import { pathOf } from "./figures";
import { Gate } from "./gate";
import type { Links } from "./links";
import { PageReader } from "./page-reader";
import { peekNextLink } from "./peek";
import type { Transport } from "./transport";

/** Pages that were asked for and not taken: one waits as bytes while the next is on its way. */
const mostAhead = 2;

interface Asked<Item> {
  readonly link: string;
  readonly gate: Gate;
  readonly page: Promise<Page<Item>>;
  /** What the bytes say comes next; the parsed page has the last word. */
  next: string | undefined;
}

export class PageChain<Item> {
  private readonly asked: Asked<Item>[] = [];
  /** The page that was taken last; it may still be on its way. */
  private taken: Asked<Item> | undefined;
  /** Digests of the links: they are long and there are thousands. */
  private readonly seen = new Set<string>();
  private readonly stopper = new AbortController();
  private readonly signal: AbortSignal;
  private readonly reader: PageReader<Item>;

  constructor(
    private readonly transport: Transport,
    private readonly links: Links,
    schema: z.ZodType<Item>,
  ) {
    this.reader = new PageReader(schema);
    this.signal = transport.use.deadline.signalWith(this.stopper.signal);
  }

  /** The page of a link; its items live until the next is taken, or `stop`. @throws GraphError, or the signal's reason */
  async take(link: string): Promise<Page<Item>> {
    this.expect(link);
    const next = this.asked.shift();
    if (next === undefined) throw new TypeError("A page was not asked for.");
    this.taken = next;
    next.gate.open();
    return next.page;
  }

  /** The next page to be taken is that one: asks for it, unless that was done already. @throws GraphError */
  expect(link: string): void {
    if (this.asked[0]?.link !== link) {
      // What was asked for on the word of bytes that were no good is of no use.
      for (const { link: wrong } of this.asked.splice(0))
        this.seen.delete(digestOf(this.links.absolute(wrong)));
      this.asked.push(this.ask(link));
    }
    this.goAhead();
  }

  /** Cancels what is on its way and gives up the last page. */
  stop(): void {
    this.stopper.abort();
    this.reader.release();
  }

  private get last(): Asked<Item> | undefined {
    return this.asked.at(-1) ?? this.taken;
  }

  private goAhead(): void {
    const last = this.last;
    if (last?.next === undefined || this.asked.length >= mostAhead) return;
    try {
      this.asked.push(this.ask(last.next));
    } catch (error) {
      // Whoever takes the page that named the link is told.
      if (!(error instanceof GraphError)) throw error;
    }
  }

  /** Looks what comes after a page into as much of it as is there. */
  private look(asked: Asked<Item>, bytes: Buffer): void {
    asked.next = peekNextLink(bytes);
    if (this.last === asked) this.goAhead();
  }

  private ask(link: string): Asked<Item> {
    const url = this.links.absolute(link);
    const digest = digestOf(url);
    if (this.seen.has(digest)) throw circle(url);
    this.seen.add(digest);
    const gate = new Gate(this.signal);
    const asked: Asked<Item> = {
      link,
      gate,
      next: undefined,
      page: this.transport.send(
        {
          method: "GET",
          url,
          charges: [chargeOf(this.links.relative(link).path)],
          read: (bytes) => this.reader.page(bytes),
          begun: (bytes) => this.look(asked, bytes),
          arrived: (bytes) => this.look(asked, bytes),
          whenWanted: () => gate.wait(),
        },
        this.signal,
      ),
    };
    asked.page.catch(() => {});
    return asked;
  }
}

const digestOf = (url: string): string => createHash("sha256").update(url).digest("base64url").slice(0, 16);

const circle = (url: string): GraphError =>
  new GraphError(
    "malformed",
    `The pages of ${pathOf(url)} go round in a circle: a next link came twice. What was read is not complete.`,
  );
