import type { Clock } from "../core/types";

/** How often it is looked, milliseconds. */
const lookEvery = 1_000;

/** A moved clock of this much ends tokens that apps still hold: their clients judge by the machine's clock. */
const noticeable = 30 * 60_000;

/** What is watched: the apps, as far as watching concerns them. */
interface Watched {
  /** Tries to start again what could not be started. */
  retry(): void;
  /** Starts all anew. */
  restart(): void;
}

/**
 * Keeps apps going: one that could not start is tried again, as the platform does when the next request or message
 * comes, and all start anew after the tenant's clock was moved.
 */
export class SiteWatch {
  readonly #clock: Clock;
  readonly #watched: Watched;
  readonly #timer: NodeJS.Timeout;
  #offset: number;

  constructor(clock: Clock, watched: Watched) {
    this.#clock = clock;
    this.#watched = watched;
    this.#offset = this.#ahead();
    this.#timer = setInterval(() => this.#look(), lookEvery);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const offset = this.#ahead();
    if (Math.abs(offset - this.#offset) >= noticeable) {
      this.#offset = offset;
      this.#watched.restart();
    } else {
      this.#watched.retry();
    }
  }

  #ahead(): number {
    return this.#clock.now() - Date.now();
  }
}
