/** How many requests may be under way at a time: one more after each round that went well, half after a throttled one. */
import type { Timing } from "../timing";

export interface ConcurrencyLimits {
  readonly start: number;
  readonly maximum: number;
}

/** Several refusals of one burst count as one. */
const shrinkPause = 1_000;

export class Concurrency {
  private limit: number;
  private active = 0;
  private shrunkAt = Number.NEGATIVE_INFINITY;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly limits: ConcurrencyLimits,
    private readonly timing: Timing,
  ) {
    this.limit = limits.start;
  }

  /** @throws the signal's reason when it aborts while waiting */
  async acquire(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.active < Math.floor(this.limit)) {
      this.active++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const granted = () => {
        signal.removeEventListener("abort", aborted);
        resolve();
      };
      const aborted = () => {
        this.waiting.splice(this.waiting.indexOf(granted), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", aborted, { once: true });
      this.waiting.push(granted);
    });
  }

  release(): void {
    this.active--;
    while (this.active < Math.floor(this.limit)) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.active++;
      next();
    }
  }

  grow(): void {
    this.limit = Math.min(this.limits.maximum, this.limit + 1 / this.limit);
  }

  shrink(): void {
    const now = this.timing.now();
    if (now - this.shrunkAt < shrinkPause) return;
    this.shrunkAt = now;
    this.limit = Math.max(1, this.limit / 2);
  }

  get current(): number {
    return Math.floor(this.limit);
  }
}
