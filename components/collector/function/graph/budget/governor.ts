/** All that limits one application in one tenant, shared by every reader of the process. */
import { header, type ReplyHeaders } from "../exchange";
import { realTiming, type Timing } from "../timing";
import { Budget } from "./budget";
import { Concurrency, type ConcurrencyLimits } from "./concurrency";
import type { BudgetName, Charge } from "./costs";
import type { BucketSize } from "./token-bucket";

/** A little below the documented numbers, so that clocks and latency don't make the last unit too many. */
const caution = 0.97;
const sizeOf = (units: number, milliseconds: number): BucketSize => ({
  capacity: Math.max(1, units * caution),
  refill: (units * caution) / milliseconds,
});

/** Five requests in ten seconds, each one unit: nothing is estimated, and what is not asked for is time that is lost. */
const reportsSize: BucketSize = { capacity: 5 * caution, refill: (5 * 0.99) / 10_000 };

/** Units per 10 s by the tenant's users; an unknown tenant is taken for a large one, as a small one spends little. */
function identityUnits(users: number | undefined): number {
  if (users === undefined || users > 500) return 8_000;
  return users >= 50 ? 5_000 : 3_500;
}

export interface GovernorOptions {
  /** Users of the tenant where known. */
  readonly tenantUsers?: number | undefined;
  readonly concurrency?: ConcurrencyLimits | undefined;
  readonly timing?: Timing | undefined;
}

const defaultConcurrency: ConcurrencyLimits = { start: 8, maximum: 24 };

export class Governor {
  readonly concurrency: Concurrency;
  private readonly budgets: Readonly<Record<BudgetName, Budget>>;

  constructor(options: GovernorOptions = {}) {
    const timing = options.timing ?? realTiming;
    this.concurrency = new Concurrency(options.concurrency ?? defaultConcurrency, timing);
    this.budgets = {
      identity: new Budget(sizeOf(identityUnits(options.tenantUsers), 10_000), timing),
      reports: new Budget(reportsSize, timing),
      protection: new Budget(sizeOf(1, 1_000), timing),
    };
  }

  /** Waits for the units of every charge. */
  async acquire(charges: readonly Charge[], signal: AbortSignal, check: (at: number) => void): Promise<void> {
    for (const { budget, units } of charges) await this.budgets[budget].acquire(units, signal, check);
  }

  /** Learns from the headers of a reply, of a request or of one item of a batch. */
  learn(charge: Charge, headers: ReplyHeaders): void {
    const budget = this.budgets[charge.budget];
    const units = Number(header(headers, "x-ms-resource-unit") ?? Number.NaN);
    if (charge.budget === "identity" && units > 0) budget.correct(charge.units - units);
    const share = Number(header(headers, "x-ms-throttle-limit-percentage") ?? Number.NaN);
    if (!(share >= 0.8)) return;
    budget.spent(share);
    if (share >= 1) this.concurrency.shrink();
  }

  /** A request, or an item of a batch, was answered 429: the whole budget pauses. */
  throttled(budget: BudgetName, until: number): void {
    this.budgets[budget].pause(until);
    this.concurrency.shrink();
  }
}

const governors = new Map<string, Governor>();

/** The one governor of an application in a tenant. */
export function sharedGovernor(
  app: { readonly graph: string; readonly tenantId: string; readonly clientId: string },
  options: GovernorOptions,
): Governor {
  const key = `${app.graph} ${app.tenantId} ${app.clientId}`;
  const known = governors.get(key);
  if (known !== undefined) return known;
  const made = new Governor(options);
  governors.set(key, made);
  return made;
}
