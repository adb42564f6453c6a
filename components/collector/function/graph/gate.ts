/**
 * Replies wait as bytes until their reader is ready: a page that is parsed ahead outlives several collections of the
 * heap's young part and is copied by each.
 */

/** Closed until it is opened; whoever waits goes away when the signal aborts. */
export class Gate {
  private readonly passed: Promise<void>;
  private resolve: () => void = () => {};
  isOpen = false;

  constructor(signal: AbortSignal) {
    this.passed = new Promise((resolve, reject) => {
      const aborted = () => reject(signal.reason);
      this.resolve = () => {
        signal.removeEventListener("abort", aborted);
        resolve();
      };
      if (signal.aborted) aborted();
      else signal.addEventListener("abort", aborted, { once: true });
    });
    this.passed.catch(() => {});
  }

  open(): void {
    this.isOpen = true;
    this.resolve();
  }

  /** @throws the signal's reason */
  wait(): Promise<void> {
    return this.passed;
  }
}

/** Lets one through after the other. */
export class Turnstile {
  private current: Gate | undefined;
  private readonly waiting: Gate[] = [];

  /** How many wait for their turn. */
  get queue(): number {
    return this.waiting.length;
  }

  /** Waits for the turn; who has it passes again. */
  enter(gate: Gate): Promise<void> {
    if (!gate.isOpen && !this.waiting.includes(gate)) this.waiting.push(gate);
    if (this.current === undefined) this.advance();
    return gate.wait();
  }

  /** The one who had the turn is done. */
  advance(): void {
    this.current = this.waiting.shift();
    this.current?.open();
  }
}
