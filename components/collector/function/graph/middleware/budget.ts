/** Waits until the documented budgets and the number of requests under way allow one more. */
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import type { Governor } from "../budget/governor";
import type { Deadline } from "../deadline";
import { exchangeOf, replyOf } from "../exchange";
import { Chained } from "./chained";

export class BudgetMiddleware extends Chained implements Middleware {
  constructor(
    private readonly governor: Governor,
    private readonly deadline: Deadline,
  ) {
    super();
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const { governor, deadline } = this;
    await governor.concurrency.acquire(exchange.signal);
    try {
      await governor.acquire(exchange.call.charges, exchange.signal, (at) => deadline.check(at));
      deadline.check(deadline.now());
      await this.next(context);
      const reply = replyOf(exchange);
      const [charge] = exchange.call.charges;
      if (charge !== undefined && exchange.call.method === "GET") governor.learn(charge, reply.headers);
      if (reply.status < 400) governor.concurrency.grow();
    } finally {
      governor.concurrency.release();
    }
  }
}
