/** Asks again what may yet succeed, as long as the service asks to wait and the deadline allows. */
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import type { Governor } from "../budget/governor";
import type { Deadline } from "../deadline";
import { GraphError } from "../errors";
import { type Exchange, exchangeOf, MalformedReplyError, replyOf } from "../exchange";
import type { Failures } from "../failures";
import { type Counters, type GraphLog, pathOf } from "../figures";
import { troubleOf } from "../judge";
import { parseReply } from "../parse";
import { Patience, type Trouble } from "../patience";
import type { Timing } from "../timing";
import { Chained } from "./chained";

export interface RetryDependencies {
  readonly governor: Governor;
  readonly deadline: Deadline;
  readonly timing: Timing;
  readonly counters: Counters;
  readonly failures: Failures;
  readonly log: GraphLog;
  readonly patienceMilliseconds: number;
}

export class RetryMiddleware extends Chained implements Middleware {
  constructor(private readonly use: RetryDependencies) {
    super();
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const patience = new Patience(this.use);
    for (;;) {
      const trouble = await this.attempt(context, exchange);
      if (trouble === undefined) return;
      const wait = patience.next(trouble);
      this.use.counters.retries++;
      this.use.log({
        event: trouble.kind === "throttled" ? "throttled" : "retry",
        path: pathOf(exchange.call.url),
        status: trouble.error.details.status,
        requestId: trouble.error.details.requestId,
        message: trouble.error.message,
        waitMilliseconds: wait,
      });
      await this.use.timing.wait(wait, exchange.signal);
    }
  }

  /** What is wrong and may be mended by another attempt; undefined when the exchange has its result. */
  private async attempt(context: Context, exchange: Exchange): Promise<Trouble | undefined> {
    try {
      await this.next(context);
      const raw = replyOf(exchange);
      const good = raw.status >= 200 && raw.status < 300;
      if (!good) return troubleOf(this.use, exchange.call, parseReply(raw), exchange.call.charges[0]?.budget);
      exchange.call.arrived?.(raw.bytes);
      await exchange.call.whenWanted?.();
      exchange.outcome = { value: exchange.call.read(raw.bytes) };
      return undefined;
    } catch (error) {
      exchange.signal.throwIfAborted();
      const { failures } = this.use;
      if (error instanceof MalformedReplyError)
        return { kind: "malformed", error: failures.malformed(exchange.call, error, exchange.reply) };
      if (error instanceof GraphError) {
        if (error.kind !== "service") throw error;
        return { kind: "service", error };
      }
      return { kind: "service", error: failures.connection(exchange.call, error) };
    }
  }
}
