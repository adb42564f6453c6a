/** Microsoft Graph as the streams see it. Throttling, retries, tokens and the connection pool are behind it. */
import type { z } from "zod";

/** One page of a collection. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextLink: string | undefined;
  readonly deltaLink: string | undefined;
}

/** One GET within a batch; the path is relative to the version, for example `/groups/{id}/members?$top=999`. */
export interface BatchGet {
  readonly id: string;
  readonly path: string;
}

/** What became of one GET of a batch: its page, or the error after its own retries. */
export interface BatchAnswer<Item> {
  readonly id: string;
  readonly page?: Page<Item>;
  readonly error?: Error;
}

/** What a client did so far. */
export interface GraphFigures {
  /** HTTP requests sent; a batch is one. */
  readonly requests: number;
  /** Requests and items of batches that were answered 429. */
  readonly throttled: number;
  readonly retries: number;
  /** Bytes of reply bodies, after decompression. */
  readonly bytes: number;
}

/** Reads of one connector's tenant. Every item is checked by a schema where it enters. */
export interface GraphReader {
  /** One object. @throws GraphError */
  get<Output>(path: string, schema: z.ZodType<Output>): Promise<Output>;
  /**
   * The pages of a collection from a path or an absolute next link or delta link, two requests ahead of the reader.
   * The items of a page live until the next page is asked for. Never ends early: a page without items but with a next link goes on, a next link seen before is an error.
   * @throws GraphError
   */
  pages<Item>(from: string, schema: z.ZodType<Item>): AsyncGenerator<Page<Item>, void, undefined>;
  /**
   * The items of an answer live until the next answer is asked for.
   * Many GETs by `$batch` of 20, several batches at a time, answered in any order. Items that were throttled or failed
   * for the moment are asked again; what cannot be had comes as an error of that item.
   */
  batch<Item>(
    requests: Iterable<BatchGet> | AsyncIterable<BatchGet>,
    schema: z.ZodType<Item>,
  ): AsyncGenerator<BatchAnswer<Item>, void, undefined>;
  readonly figures: GraphFigures;
}
