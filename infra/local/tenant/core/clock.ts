import type { Clock, Store } from "./types";

const entry = "clock";

/** The machine's time plus an offset that is kept in the store, so that a moved clock stays moved after a restart. */
export class MovableClock implements Clock {
  readonly #offsets;
  readonly #machineTime: () => number;

  constructor(store: Store, machineTime: () => number = Date.now) {
    this.#offsets = store.collection<{ id: string; offset: number }>("clock");
    this.#machineTime = machineTime;
  }

  /** How far the tenant's time is ahead of the machine's, in milliseconds. */
  get offset(): number {
    return this.#offsets.get(entry)?.offset ?? 0;
  }

  now(): number {
    return this.#machineTime() + this.offset;
  }

  advance(milliseconds: number): void {
    this.#offsets.put({ id: entry, offset: this.offset + milliseconds });
  }

  reset(): void {
    this.#offsets.delete(entry);
  }
}
