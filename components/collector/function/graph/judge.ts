/** Whether an answer other than 2xx is worth another attempt; throttling is told to everybody who shares the budget. */

import type { BudgetName } from "./budget/costs";
import type { Governor } from "./budget/governor";
import { header, type Reply } from "./exchange";
import type { FailedCall, Failures } from "./failures";
import type { Counters } from "./figures";
import type { Trouble } from "./patience";
import { retryAfter } from "./retry-after";
import type { Timing } from "./timing";

/** Statuses that may be mended by time. */
const momentary = new Set([408, 429, 500, 502, 503, 504, 509]);

export interface JudgeDependencies {
  readonly governor: Governor;
  readonly timing: Timing;
  readonly counters: Counters;
  readonly failures: Failures;
}

/** @throws GraphError when no further attempt helps */
export function troubleOf(
  use: JudgeDependencies,
  call: FailedCall,
  reply: Reply,
  budget: BudgetName | undefined,
): Trouble {
  const error = use.failures.ofReply(call, reply);
  if (!momentary.has(reply.status)) throw error;
  const now = use.timing.now();
  const wait = retryAfter(header(reply.headers, "retry-after"), now, header(reply.headers, "date"));
  if (reply.status !== 429) return { kind: "service", error, wait };
  use.counters.throttled++;
  if (budget !== undefined) use.governor.throttled(budget, now + (wait ?? 0));
  return { kind: "throttled", error, wait };
}
