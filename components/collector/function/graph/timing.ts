/** Time as the client sees it; tests bring their own. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** @throws the signal's reason when it aborts */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** 0 up to 1, for jitter. */
  random(): number;
}

/** `setTimeout` takes no more than this. */
const longestTimer = 2 ** 31 - 1;

export const realTiming: Timing = {
  now: Date.now,
  random: Math.random,
  async wait(milliseconds, signal) {
    try {
      await sleep(Math.min(Math.max(0, milliseconds), longestTimer), undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
