/** The Office 365 Management Activity API as the streams see it. Budgets, retries and tokens are behind it. */
import type { GraphFigures } from "../graph/client";

/** Some events that the service has put together; it can be read until it expires. */
export interface Content {
  readonly contentId: string;
  readonly contentUri: string;
  /** ISO date-time, UTC: when it can be listed, not when its events happened. */
  readonly contentCreated: string;
  /** ISO date-time, UTC. */
  readonly contentExpiration?: string | undefined;
}

/** Content that was made from one moment to another, at most 24 hours; milliseconds since 1970. */
export interface ContentWindow {
  readonly from: number;
  readonly to: number;
}

/** One page of a listing. */
export interface ContentPage {
  readonly contents: readonly Content[];
  /** Where the listing goes on. */
  readonly next: string | undefined;
}

/** The subscription is not there, or somebody switched it off. Starting it helps, for what comes from then on. */
export class SubscriptionError extends Error {
  override readonly name = "SubscriptionError";
}

/** Reads of one connector's tenant. */
export interface ActivityReader {
  /** Starts the subscription to a content type; one that is enabled already is fine. @throws GraphError */
  start(contentType: string): Promise<void>;
  /**
   * A page of the listing: the first of a window, or the one that `next` names.
   * @throws SubscriptionError, or GraphError (`expired-link` when `next` is of no use any more)
   */
  list(contentType: string, window: ContentWindow, next: string | undefined): Promise<ContentPage>;
  /**
   * The JSON text of a content, a list of events, in UTF-8. The bytes are lent: see `body-buffers`.
   * @throws SubscriptionError, or GraphError (`not-found` when it has expired)
   */
  read(content: Content): Promise<Buffer>;
  readonly figures: GraphFigures;
}
