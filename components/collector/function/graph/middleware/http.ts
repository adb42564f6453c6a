/** The last middleware: sends one request and reads the reply to its end. */
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import type { Deadline } from "../deadline";
import { type Exchange, exchangeOf } from "../exchange";
import type { Counters } from "../figures";
import { sendOnce } from "../send-once";

export class HttpMiddleware implements Middleware {
  constructor(
    private readonly counters: Counters,
    private readonly deadline: Deadline,
  ) {}

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const startedAt = this.deadline.now();
    this.counters.requests++;
    const { call, signal } = exchange;
    exchange.reply = await sendOnce({
      method: call.method,
      url: call.url,
      headers: headersOf(exchange),
      signal,
      begun: call.begun,
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    this.counters.bytes += exchange.reply.bytes.length;
    this.deadline.took(this.deadline.now() - startedAt);
  }
}

/** Counts are answered to requests that accept a moment's delay only ("Advanced query capabilities"). */
const isCount = (url: string): boolean => /\/\$count(\?|$)/.test(url);

function headersOf(exchange: Exchange): Record<string, string> {
  return {
    ...(isCount(exchange.call.url) && { consistencylevel: "eventual" }),
    ...(exchange.token !== undefined && { authorization: `Bearer ${exchange.token}` }),
    ...(exchange.call.body !== undefined && { "content-type": "application/json" }),
  };
}
