import { type Limits, pause } from "./time";

const INTERVAL = 40;
const LONGEST_INTERVAL = 10_000;
const SUCCESSES = 2;

/**
 * Polls until the wanted state is seen twice in a row. The official plugin wants it five times, one to five
 * seconds apart, because replicas of Microsoft's directory lag behind one another; the local tenant answers
 * a read by id from one copy, so a second look guards against an injected fault and more looks would only
 * cost time. A "not yet" starts the count again and doubles the gap, up to ten seconds, as there.
 */
export async function waitUntil(
  what: string,
  reached: () => Promise<boolean>,
  limits: Limits,
): Promise<void> {
  let gap = INTERVAL;
  for (let successes = 0; ; ) {
    if (await reached()) {
      successes += 1;
      gap = INTERVAL;
      if (successes === SUCCESSES) return;
    } else {
      successes = 0;
      gap = Math.min(gap * 2, LONGEST_INTERVAL);
    }
    await pause(gap, limits, `${what} was still awaited`);
  }
}
