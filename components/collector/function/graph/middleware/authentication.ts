/** Puts the token on the request; a token that the service refuses is replaced once. */
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { exchangeOf, replyOf } from "../exchange";
import { type GraphLog, pathOf } from "../figures";
import type { TokenSource } from "../token";
import { Chained } from "./chained";

export class AuthenticationMiddleware extends Chained implements Middleware {
  constructor(
    private readonly tokens: TokenSource,
    private readonly log: GraphLog,
  ) {
    super();
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const token = await this.tokens.token(exchange.signal);
    exchange.token = token;
    await this.next(context);
    if (replyOf(exchange).status !== 401) return;
    const other = await this.tokens.tokenInsteadOf(token, exchange.signal);
    if (other === undefined) return;
    this.log({
      event: "token-renewed",
      path: pathOf(exchange.call.url),
      status: 401,
      message: "The token was refused; a new one is tried.",
    });
    exchange.token = other;
    await this.next(context);
  }
}
