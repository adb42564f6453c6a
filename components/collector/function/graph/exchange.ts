/** One request on its way through the middleware: what the SDK's own context has no place for. */
import type { Context, MiddlewareOptions } from "@microsoft/microsoft-graph-client";
import type { Charge } from "./budget/costs";

/** Headers of a reply, names in lower case. */
export type ReplyHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A reply that was read to its end, not yet parsed. */
export interface RawReply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  /** Inflated. Lent: see `body-buffers`. */
  readonly bytes: Buffer;
}

/** A reply, of a request or of one item of a batch. */
export interface Reply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  /** Parsed JSON; undefined when there is no body. */
  readonly body: unknown;
}

/** What a caller asks for. */
export interface Call<Output> {
  readonly method: "GET" | "POST";
  /** Absolute. A next link stays letter for letter as the service wrote it; the SDK would rebuild it. */
  readonly url: string;
  readonly body?: unknown;
  /** What the request costs of which budget. */
  readonly charges: readonly Charge[];
  /** Makes the result of a good reply, whose bytes are its own then. @throws MalformedReplyError, which is worth another attempt */
  read(bytes: Buffer): Output;
  /** Told of a reply's first bytes while the rest is on its way; they are lent for the call, and may yet prove no good. */
  begun?(bytes: Buffer): void;
  /** Told of a good reply's bytes as soon as they are there; they are lent for the call. */
  arrived?(bytes: Buffer): void;
  /** Holds a good reply back until its reader is ready for it. @throws the signal's reason */
  whenWanted?(): Promise<void>;
}

/** Travels as the SDK's middleware option from the caller through every middleware. */
export class Exchange<Output = unknown> implements MiddlewareOptions {
  /** The token that was sent last. */
  token: string | undefined;
  reply: RawReply | undefined;
  /** Result or failure of the whole chain. */
  outcome: { readonly value: Output } | { readonly failure: unknown } | undefined;

  constructor(
    readonly call: Call<Output>,
    readonly signal: AbortSignal,
  ) {}
}

/** The exchange that a middleware works on. */
export function exchangeOf(context: Context): Exchange {
  const exchange = context.middlewareControl?.getMiddlewareOptions(Exchange);
  if (!(exchange instanceof Exchange)) throw new TypeError("The request was not made by this client.");
  return exchange;
}

/** The reply that the inner middleware left. */
export function replyOf(exchange: Exchange): RawReply {
  if (exchange.reply === undefined) throw new TypeError("No middleware sent the request.");
  return exchange.reply;
}

/** One header of a reply. */
export function header(headers: ReplyHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}

/** A reply that is not what the service documents: truncated, not JSON, an error with status 200, another shape. */
export class MalformedReplyError extends Error {
  override readonly name = "MalformedReplyError";
}
