import type { Collection, Entity, IndexKey, Store } from "../types";
import { IndexedCollection } from "./collection";
import { Journal } from "./journal";
import type { StoreRecord } from "./records";

export { StoreCorruptError } from "./errors";

/** A journal shorter than this is never worth compacting. */
const compactAbove = 16 * 1024 * 1024;

/** Collections in memory, journalled to a folder (files of mode 600). One process at a time may open a folder. */
export class JournalledStore implements Store {
  readonly #collections = new Map<string, IndexedCollection<Entity>>();
  readonly #journal: Journal;
  readonly #now: () => number;
  /** How many records the files hold, those that later ones made void included. */
  #records = 0;

  /**
   * @param directory folder of the state files; made when missing
   * @param now the tenant's time in milliseconds, for write times
   * @throws StoreCorruptError when the files are damaged other than by a torn last line
   */
  constructor(directory: string, now: () => number) {
    this.#now = now;
    this.#journal = new Journal(directory);
    for (const record of this.#journal.load()) this.#replay(record);
    this.#compactWhenLarge();
  }

  collection<T extends Entity>(
    name: string,
    indexes: Readonly<Record<string, IndexKey<T>>> = {},
  ): Collection<T> {
    const collection = this.#collection(name) as unknown as IndexedCollection<T>;
    for (const [index, key] of Object.entries(indexes)) collection.declareIndex(index, key);
    return collection;
  }

  clear(): void {
    for (const collection of this.#collections.values()) collection.forgetAll();
    this.#append({ kind: "clear" });
  }

  async flush(): Promise<void> {
    this.#journal.flush();
    this.#compactWhenLarge();
  }

  close(): void {
    this.#journal.close();
  }

  #collection(name: string): IndexedCollection<Entity> {
    const existing = this.#collections.get(name);
    if (existing !== undefined) return existing;
    const made = new IndexedCollection<Entity>(name, {
      now: this.#now,
      put: (entity, times, position) =>
        this.#append({ kind: "put", collection: name, entity, ...times, position }),
      delete: (id) => this.#append({ kind: "delete", collection: name, id }),
    });
    this.#collections.set(name, made);
    return made;
  }

  #append(record: StoreRecord): void {
    this.#records += 1;
    this.#journal.append(record);
  }

  #replay(record: StoreRecord): void {
    this.#records += 1;
    if (record.kind === "clear") for (const collection of this.#collections.values()) collection.forgetAll();
    else if (record.kind === "delete") this.#collection(record.collection).forget(record.id);
    else this.#collection(record.collection).restore(record.entity, record, record.position);
  }

  #compactWhenLarge(): void {
    let live = 0;
    for (const { size } of this.#collections.values()) live += size;
    // Where most records still count, as after seeding, a snapshot would only write them again.
    if (this.#journal.size <= compactAbove || this.#records < 2 * live) return;
    this.#journal.compact(this.#liveRecords());
    this.#records = live;
  }

  *#liveRecords(): Generator<StoreRecord> {
    for (const [collection, entities] of this.#collections) {
      for (const { entity, createdAt, modifiedAt, position } of entities.entries()) {
        yield { kind: "put", collection, entity, createdAt, modifiedAt, position };
      }
    }
  }
}
