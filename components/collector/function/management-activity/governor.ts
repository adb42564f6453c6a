/** What limits one publisher in one tenant, shared by every reader of the process. */
import { Budget } from "../graph/budget/budget";
import { Concurrency } from "../graph/budget/concurrency";
import { realTiming, type Timing } from "../graph/timing";

/** Page "Office 365 Management Activity API reference", "API throttling"; a little below it. */
const requestsPerMinute = 2_000 * 0.97;
const minute = 60_000;
const requestsAtOnce = { start: 12, maximum: 24 };

export class PublisherGovernor {
  readonly concurrency: Concurrency;
  readonly budget: Budget;

  constructor(timing: Timing = realTiming) {
    this.concurrency = new Concurrency(requestsAtOnce, timing);
    this.budget = new Budget({ capacity: requestsPerMinute, refill: requestsPerMinute / minute }, timing);
  }

  /** The service refused: nothing is asked before then, and less at a time. */
  throttled(until: number): void {
    this.budget.pause(until);
    this.concurrency.shrink();
  }
}

const governors = new Map<string, PublisherGovernor>();

/** The one governor of a publisher in a tenant. */
export function publisherGovernor(root: string, tenantId: string, publisher: string): PublisherGovernor {
  const key = `${root} ${tenantId} ${publisher}`;
  const known = governors.get(key);
  if (known !== undefined) return known;
  const made = new PublisherGovernor();
  governors.set(key, made);
  return made;
}
