/** The moment at which a run must have stopped, and the signal that everything of the run obeys. */
import { setMaxListeners } from "node:events";
import { GraphError } from "./errors";
import type { Timing } from "./timing";

/** A request is not begun when less than this is left, or less than twice what requests took lately. */
const shortest = 250;

export class Deadline {
  /** Aborts when the caller's signal does, and at the deadline. */
  readonly signal: AbortSignal;
  private usual = 0;

  constructor(
    /** Milliseconds since 1970; undefined: none. */
    private readonly at: number | undefined,
    signal: AbortSignal | undefined,
    private readonly timing: Timing,
  ) {
    const own = new AbortController();
    if (at !== undefined) {
      const timer = setTimeout(
        () => own.abort(overdue()),
        Math.min(2 ** 31 - 1, Math.max(0, at - timing.now())),
      );
      timer.unref();
    }
    this.signal = signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]);
    setMaxListeners(0, this.signal);
  }

  /** The signal of a part of the run that may be stopped by itself. */
  signalWith(stop: AbortSignal): AbortSignal {
    const signal = AbortSignal.any([this.signal, stop]);
    setMaxListeners(0, signal);
    return signal;
  }

  /** @throws GraphError of kind `deadline` when a request begun at that moment could not end in time */
  check(at: number): void {
    if (this.at !== undefined && at + Math.max(shortest, 2 * this.usual) > this.at) throw overdue();
  }

  /** Whether a request may still be begun at that moment. */
  allows(at: number): boolean {
    return this.at === undefined || at + Math.max(shortest, 2 * this.usual) <= this.at;
  }

  /** A request took that long. */
  took(milliseconds: number): void {
    this.usual += (milliseconds - this.usual) / 8;
  }

  now(): number {
    return this.timing.now();
  }
}

const overdue = () =>
  new GraphError(
    "deadline",
    "The time for this run is over before everything was read. The next run goes on from the savepoint.",
  );
