/**
 * Scale out and in by queue length (page "Target-based scaling"): as many instances as the longest queue fills by
 * batches, within the app's limit. The platform votes every few seconds; so does this.
 */
import type { HostLog } from "../log";
import type { Instance } from "./instance";
import type { Attendant, InstancePool } from "./pool";

const period = 2_000;
/** An instance without work is ended after so long. */
const idleLimit = 20_000;

/** What decides about the number of instances. */
export interface Demand {
  /** Messages of the longest queue. */
  backlog(): Promise<number>;
  /** Messages that one instance works on. */
  readonly perInstance: number;
  listeners(instance: Instance): Attendant[];
}

export class Scaler {
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly pool: InstancePool,
    private readonly demand: Demand,
    private readonly maximum: number,
    private readonly log: HostLog,
  ) {}

  start(): void {
    if (this.maximum > 1) this.#plan();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    this.#timer = setTimeout(() => {
      void this.#scale().finally(() => {
        if (!this.#stopped) this.#plan();
      });
    }, period);
  }

  async #scale(): Promise<void> {
    const wanted = Math.ceil((await this.demand.backlog()) / this.demand.perInstance);
    const target = Math.max(1, Math.min(this.maximum, wanted));
    const before = this.pool.size;
    while (!this.#stopped && this.pool.size < target)
      this.pool.add((instance) => this.demand.listeners(instance));
    if (target < before && !this.#stopped) await this.pool.shrink(idleLimit);
    if (this.pool.size !== before)
      this.log.write("information", "host", `Instances: ${before} -> ${this.pool.size}.`);
  }
}
