/** How long and how often one request, or one item of a batch, is tried. */
import type { Deadline } from "./deadline";
import { GraphError } from "./errors";
import { backoff } from "./retry-after";
import type { Timing } from "./timing";

/** An attempt that failed for the moment. */
export interface Trouble {
  readonly kind: "throttled" | "service" | "malformed";
  /** What is thrown when there is no patience left. */
  readonly error: GraphError;
  /** Milliseconds that the service asked for. */
  readonly wait?: number | undefined;
}

/** Attempts after the first, by what went wrong. What the service asks to wait for is tried as long as there is time. */
const retries = { throttled: 100, service: 7, malformed: 3 } as const;

export class Patience {
  private readonly used = { throttled: 0, service: 0, malformed: 0 };
  private waited = 0;

  constructor(
    private readonly use: {
      readonly timing: Timing;
      readonly deadline: Deadline;
      /** Milliseconds to spend waiting for one request. */
      readonly patienceMilliseconds: number;
    },
  ) {}

  /**
   * Milliseconds until the next attempt.
   * @throws the trouble's error when no attempt is left, or the wait would outlast the patience or the deadline
   */
  next(trouble: Trouble): number {
    const attempt = ++this.used[trouble.kind];
    const wait = trouble.wait ?? backoff(attempt, this.use.timing.random);
    this.waited += wait;
    const at = this.use.timing.now() + wait;
    if (attempt > retries[trouble.kind] || this.waited > this.use.patienceMilliseconds)
      throw withRetryAt(trouble, at);
    if (!this.use.deadline.allows(at)) throw withRetryAt(trouble, at);
    return wait;
  }
}

function withRetryAt({ error, wait }: Trouble, at: number): GraphError {
  if (wait === undefined) return error;
  return new GraphError(error.kind, error.message, { ...error.details, retryAt: at });
}
