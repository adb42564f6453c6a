/**
 * The first middleware: keeps the result, or the failure as it is, on the exchange. The SDK would turn every error into
 * its own, which has no room for a cause.
 */
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { exchangeOf } from "../exchange";
import { Chained } from "./chained";

export class OutcomeMiddleware extends Chained implements Middleware {
  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    try {
      await this.next(context);
    } catch (failure) {
      exchange.outcome = { failure };
    }
    context.response = new Response(null, { status: 204 });
  }
}
