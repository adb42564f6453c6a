import { setTimeout as sleep } from "node:timers/promises";

/** What limits an operation: a signal that stops it and the moment its time is up. */
export interface Limits {
  readonly signal: AbortSignal;
  readonly deadline: number;
}

/** Thrown when the time of an operation is up. */
class TimedOutError extends Error {
  override readonly name = "TimedOutError";

  constructor(what: string) {
    super(`Time is up: ${what}. Run the command again, or give the resource more time with customTimeouts.`);
  }
}

/** Waits; rejects with the signal's reason (a cancellation) or a `TimedOutError` when it is stopped. */
export async function pause(milliseconds: number, limits: Limits, what: string): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: limits.signal });
  } catch {
    throw stopReason(limits.signal, what);
  }
}

/** Why the signal stopped an operation, in words. */
export function stopReason(signal: AbortSignal, what: string): Error {
  const { reason } = signal;
  if (reason instanceof Error && reason.name !== "TimeoutError") return reason;
  return new TimedOutError(what);
}
