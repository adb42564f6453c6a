/** What every middleware but the last has: the one after it. */
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";

export abstract class Chained {
  private following: Middleware | undefined;

  /** Called by the SDK when it builds the chain. */
  setNext(next: Middleware): void {
    this.following = next;
  }

  protected async next(context: Context): Promise<void> {
    if (this.following === undefined) throw new TypeError("The middleware chain has no end.");
    await this.following.execute(context);
  }
}
