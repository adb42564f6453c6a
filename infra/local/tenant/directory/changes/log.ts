/** The directory's own record of what changed, from which delta queries are answered. */
import { randomUUID } from "node:crypto";
import type { Collection, Entity, Store } from "../../core/types";
import type { ChangeEntry, NewEntry } from "./entry";

/** So many changes are kept; links that begin before the oldest have expired. */
const kept = 100_000;
/** How many are dropped at a time. */
const dropped = 20_000;

interface State extends Entity {
  /** Another one after the tenant was made anew: no earlier link is then of use. */
  readonly generation: string;
  /** Number of the newest change that was dropped. */
  readonly floor: number;
}

/** Numbered changes, kept in the store with the objects themselves. */
export class ChangeLog {
  readonly #entries: Collection<ChangeEntry>;
  readonly #states: Collection<State>;
  #paused = 0;

  constructor(store: Store) {
    this.#entries = store.collection<ChangeEntry>("directoryChanges");
    this.#states = store.collection<State>("directoryChangeState");
  }

  get generation(): string {
    return this.#state().generation;
  }

  /** Number of the newest change; 0 when nothing ever changed. */
  get last(): number {
    const [newest] = this.#entries.after(this.#entries.lastPosition - 1);
    return newest === undefined ? this.#state().floor : Number(newest.id);
  }

  /** The oldest number that can be continued from. */
  get floor(): number {
    return this.#state().floor;
  }

  append(entry: NewEntry): void {
    if (this.#paused > 0) return;
    this.#entries.put({ id: String(this.last + 1), ...entry });
    if (this.#entries.size > kept) this.#dropOldest(dropped);
  }

  /** Changes after that number, in order. */
  *after(sequence: number): IterableIterator<ChangeEntry> {
    const position = sequence <= this.floor ? 0 : this.#entries.position(String(sequence));
    if (position !== undefined) yield* this.#entries.after(position);
  }

  /** When the change of that number was made, in milliseconds of the tenant's clock; undefined for a dropped one. */
  madeAt(sequence: number): number | undefined {
    return this.#entries.times(String(sequence))?.createdAt;
  }

  /**
   * Does something to the directory that is too much to record, such as seeding it. Every link that was given out
   * before expires.
   */
  async unrecorded<T>(work: () => Promise<T>): Promise<T> {
    this.#paused += 1;
    try {
      return await work();
    } finally {
      this.#paused -= 1;
      const floor = this.last + 1;
      this.#dropOldest(this.#entries.size);
      this.#states.put({ ...this.#state(), floor });
    }
  }

  #dropOldest(count: number): void {
    let left = count;
    let floor = this.floor;
    for (const { id } of [...this.#entries.after(0)]) {
      if (left === 0) break;
      left -= 1;
      floor = Number(id);
      this.#entries.delete(id);
    }
    this.#states.put({ ...this.#state(), floor });
  }

  #state(): State {
    return this.#states.get("state") ?? this.#states.put({ id: "state", generation: randomUUID(), floor: 0 });
  }
}
