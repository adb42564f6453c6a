import type { Clock } from "../core/types";
import { refusals } from "./errors";

/** Requests a minute for each publisher in a tenant: the baseline that the API's page names. */
const requestsPerMinute = 2_000;
const minute = 60_000;
/** Requests without a publisher share this one's budget. */
export const nobody = "00000000-0000-0000-0000-000000000000";

/** A bucket for each publisher, in memory, on the tenant's clock. Spent: 403 with AF429 and no Retry-After. */
export class PublisherBudgets {
  readonly #clock: Clock;
  readonly #isOn: () => boolean;
  readonly #buckets = new Map<string, { level: number; at: number }>();

  constructor(clock: Clock, isOn: () => boolean) {
    this.#clock = clock;
    this.#isOn = isOn;
  }

  /** Takes one request out of a publisher's bucket; throws AF429 when it is empty. */
  charge(publisher: string, method: string): void {
    if (!this.#isOn()) return;
    const now = this.#clock.now();
    const bucket = this.#buckets.get(publisher) ?? { level: requestsPerMinute, at: now };
    const refill = (Math.max(0, now - bucket.at) / minute) * requestsPerMinute;
    const level = Math.min(requestsPerMinute, bucket.level + refill);
    this.#buckets.set(publisher, { level: Math.max(0, level - 1), at: now });
    if (level < 1) throw refusals.throttled(method, publisher);
  }
}
