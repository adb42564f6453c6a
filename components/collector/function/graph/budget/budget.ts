/** One documented budget of one application in one tenant: a bucket, and the pause that the service asked for. */
import type { Timing } from "../timing";
import { type BucketSize, TokenBucket } from "./token-bucket";

export class Budget {
  private readonly bucket: TokenBucket;
  private pausedUntil = 0;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    size: BucketSize,
    private readonly timing: Timing,
  ) {
    this.bucket = new TokenBucket(size, timing.now());
  }

  /**
   * Waits, first come first served, until the units are there and no pause is on, and takes them.
   * @throws what `check` throws for a moment that is too late, or the signal's reason
   */
  acquire(units: number, signal: AbortSignal, check: (at: number) => void): Promise<void> {
    const mine = this.turn.then(() => this.take(units, signal, check));
    this.turn = mine.catch(() => {});
    return mine;
  }

  private async take(units: number, signal: AbortSignal, check: (at: number) => void): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const now = this.timing.now();
      const at = Math.max(this.pausedUntil, now + this.bucket.delay(units, now));
      if (at <= now) break;
      check(at);
      await this.timing.wait(at - now, signal);
    }
    this.bucket.take(units, this.timing.now());
  }

  /** The reply's `x-ms-resource-unit` differs from what was taken. */
  correct(units: number): void {
    this.bucket.correct(units);
  }

  /** The reply's `x-ms-throttle-limit-percentage`: 0.8 and more, of what all that use the budget have spent. */
  spent(share: number): void {
    this.bucket.lowerTo(Math.max(0, 1 - share) * this.bucket.capacity, this.timing.now());
  }

  /** The service refused: nothing of this budget is asked before then. */
  pause(until: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, until);
    this.bucket.lowerTo(0, this.timing.now());
  }
}
