/** Reads pages from the bytes of replies: fast where the shape of the items is known, by `JSON.parse` where not. */
import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import { JsonCursor, UnexpectedJson } from "../json/cursor";
import { formatOf, type ItemFormat } from "../json/item-format";
import type { Page } from "./client";
import { giveBack } from "./middleware/body-buffers";
import { parseGood, takeParsed } from "./parse";
import { type ScannedAnswer, scanAnswers, scanPage } from "./scan-page";
import { pageReader } from "./shapes";

/** Of one collection, or of one run of batches. Items live until the next reply is read, or `release`. */
export class PageReader<Item> {
  /** The page that a parsed body is. @throws MalformedReplyError */
  readonly parsed: (body: unknown) => Page<Item>;
  private readonly format: ItemFormat | undefined;
  private readonly cursor = new JsonCursor();
  private kept: Buffer | undefined;

  constructor(schema: z.ZodType<Item>) {
    this.parsed = pageReader(schema);
    this.format = formatOf(schema);
  }

  /** The page that a reply is; its bytes belong to the reader then. @throws MalformedReplyError */
  page(bytes: Buffer): Page<Item> {
    if (this.format === undefined) return this.parsed(takeParsed(bytes));
    return this.keep(bytes) ? this.part(bytes) : this.parsed(parseGood(bytes));
  }

  /**
   * The answers that the reply to a batch holds; its bytes belong to the reader then.
   * @returns undefined when `JSON.parse` has to read it
   */
  answers(bytes: Buffer): readonly ScannedAnswer[] | undefined {
    if (!this.keep(bytes)) return undefined;
    return this.scanned(bytes, scanAnswers);
  }

  /** A page that is a part of the reply. @throws MalformedReplyError */
  part(bytes: Buffer): Page<Item> {
    const { format } = this;
    // A format takes nothing that its schema would refuse.
    const page = format && this.scanned(bytes, (cursor) => scanPage(cursor, format) as Page<Item>);
    return page ?? this.parsed(parseGood(bytes));
  }

  /** Nobody uses any item any more. */
  release(): void {
    this.format?.begin();
    if (this.kept !== undefined) giveBack(this.kept);
    this.kept = undefined;
  }

  /** @returns whether the bytes are what the fast way takes: text that can be passed on as it is */
  private keep(bytes: Buffer): boolean {
    this.release();
    this.kept = bytes;
    return isUtf8(bytes);
  }

  private scanned<Result>(bytes: Buffer, scan: (cursor: JsonCursor) => Result): Result | undefined {
    this.cursor.begin(bytes);
    try {
      return scan(this.cursor);
    } catch (error) {
      if (error instanceof UnexpectedJson) return undefined;
      throw error;
    }
  }
}
