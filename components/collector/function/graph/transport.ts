/** Sends single requests through Microsoft's SDK with our middleware. */
import { Client, ResponseType } from "@microsoft/microsoft-graph-client";
import type { Governor } from "./budget/governor";
import type { Deadline } from "./deadline";
import { type Call, Exchange } from "./exchange";
import type { Failures } from "./failures";
import type { Counters, GraphLog } from "./figures";
import { AuthenticationMiddleware } from "./middleware/authentication";
import { BudgetMiddleware } from "./middleware/budget";
import { HttpMiddleware } from "./middleware/http";
import { OutcomeMiddleware } from "./middleware/outcome";
import { RetryMiddleware } from "./middleware/retry";
import type { Timing } from "./timing";
import type { TokenSource } from "./token";

/** Everything that a request of one reader has to do with. */
export interface TransportDependencies {
  readonly tokens: TokenSource;
  readonly governor: Governor;
  readonly deadline: Deadline;
  readonly timing: Timing;
  readonly counters: Counters;
  readonly failures: Failures;
  readonly log: GraphLog;
  readonly patienceMilliseconds: number;
}

export class Transport {
  private readonly client: Client;

  constructor(readonly use: TransportDependencies) {
    this.client = Client.initWithMiddleware({
      middleware: [
        new OutcomeMiddleware(),
        new RetryMiddleware(use),
        new BudgetMiddleware(use.governor, use.deadline),
        new AuthenticationMiddleware(use.tokens, use.log),
        new HttpMiddleware(use.counters, use.deadline),
      ],
    });
  }

  /** @throws GraphError, or the reason of the signal */
  async send<Output>(call: Call<Output>, signal: AbortSignal = this.use.deadline.signal): Promise<Output> {
    const exchange = new Exchange<Output>(call, signal);
    const request = this.client.api(call.url).middlewareOptions([exchange]).responseType(ResponseType.RAW);
    await (call.method === "GET" ? request.get() : request.post(call.body));
    const { outcome } = exchange;
    if (outcome === undefined) throw new TypeError("The middleware left no outcome.");
    if ("failure" in outcome) throw outcome.failure;
    return outcome.value;
  }
}
