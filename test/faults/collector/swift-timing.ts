/** Time in which waiting is free: a wait moves the clock on instead of passing. */
import { setImmediate } from "node:timers/promises";
import type { Timing } from "../../../components/collector/function/graph/timing";

export interface SwiftTiming extends Timing {
  /** Milliseconds that were waited for in all. */
  readonly waited: () => number;
}

export function swift(): SwiftTiming {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    waited: () => ahead,
    random: () => 0.5,
    async wait(milliseconds, signal) {
      signal.throwIfAborted();
      ahead += Math.max(0, milliseconds);
      await setImmediate();
    },
  };
}
