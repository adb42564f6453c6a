import type { Clock, Replication, ReplicationKind, Store } from "./types";

/** Milliseconds of the tenant's clock between a write and its arrival, for each place. */
export type ReplicationDelays = Readonly<Record<ReplicationKind, number>>;

/** Short enough for daily work, long enough that a client which assumes read-your-writes everywhere is found out. */
export const defaultDelays: ReplicationDelays = {
  lists: 500,
  "token-endpoint": 1500,
  "roles-claim": 1500,
  references: 400,
  "exchange-roles": 2500,
};

/** No delay anywhere: for tests of something else. */
export const noDelays: ReplicationDelays = {
  lists: 0,
  "token-endpoint": 0,
  "roles-claim": 0,
  references: 0,
  "exchange-roles": 0,
};

const entry = "delays";

/** Replication by a fixed delay for each kind of place. Delays that were set are kept in the store. */
export class DelayedReplication implements Replication {
  readonly #stored;
  readonly #clock: Clock;
  readonly #defaults: ReplicationDelays;
  #settledAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store, clock: Clock, defaults: ReplicationDelays = defaultDelays) {
    this.#stored = store.collection<{ id: string; delays: ReplicationDelays }>("replication");
    this.#clock = clock;
    this.#defaults = defaults;
  }

  get delays(): ReplicationDelays {
    return this.#stored.get(entry)?.delays ?? this.#defaults;
  }

  /** Changes the delays named; the others stay. */
  set(delays: Partial<ReplicationDelays>): ReplicationDelays {
    return this.#stored.put({ id: entry, delays: { ...this.delays, ...delays } }).delays;
  }

  /** Everything written until now has arrived everywhere: a seeded tenant is one that has long been there. */
  settle(): void {
    this.#settledAt = this.#clock.now();
  }

  visible(kind: ReplicationKind, since: number): boolean {
    const age = this.#clock.now() - since;
    // What was written before the clock was set back lies in the future; it has long arrived.
    return since <= this.#settledAt || age < 0 || age >= this.delays[kind];
  }
}
