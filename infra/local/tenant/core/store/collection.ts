import type { Collection, Entity, IndexKey, WriteTimes } from "../types";

interface Stored<T> extends WriteTimes {
  readonly entity: T;
}

/** Entities under one index value; the list is made when asked for and kept until the bucket changes. */
interface Bucket<T> {
  readonly entities: Map<string, T>;
  list?: readonly T[] | undefined;
}

interface Index<T> {
  readonly key: IndexKey<T>;
  readonly buckets: Map<string, Bucket<T>>;
}

/** Told of every change, so that the store can journal it. */
export interface ChangeListener<T> {
  put(entity: T, times: WriteTimes): void;
  delete(id: string): void;
  now(): number;
}

/** A collection held in memory with hash indexes. */
export class IndexedCollection<T extends Entity> implements Collection<T> {
  readonly name: string;
  readonly #stored = new Map<string, Stored<T>>();
  readonly #indexes = new Map<string, Index<T>>();
  readonly #listener: ChangeListener<T>;

  constructor(name: string, listener: ChangeListener<T>) {
    this.name = name;
    this.#listener = listener;
  }

  get size(): number {
    return this.#stored.size;
  }

  get(id: string): T | undefined {
    return this.#stored.get(id)?.entity;
  }

  times(id: string): WriteTimes | undefined {
    const stored = this.#stored.get(id);
    return stored && { createdAt: stored.createdAt, modifiedAt: stored.modifiedAt };
  }

  *values(): IterableIterator<T> {
    for (const stored of this.#stored.values()) yield stored.entity;
  }

  put(entity: T): T {
    const now = this.#listener.now();
    const times = { createdAt: this.#stored.get(entity.id)?.createdAt ?? now, modifiedAt: now };
    this.restore(entity, times);
    this.#listener.put(entity, times);
    return entity;
  }

  delete(id: string): boolean {
    if (!this.forget(id)) return false;
    this.#listener.delete(id);
    return true;
  }

  by(index: string, value: string): readonly T[] {
    const bucket = this.#index(index).buckets.get(value.toLowerCase());
    if (bucket === undefined) return [];
    bucket.list ??= Object.freeze([...bucket.entities.values()]);
    return bucket.list;
  }

  /** Declares an index; entities already here are taken up. Declaring it again changes nothing. */
  declareIndex(name: string, key: IndexKey<T>): void {
    if (this.#indexes.has(name)) return;
    const index: Index<T> = { key, buckets: new Map() };
    this.#indexes.set(name, index);
    for (const entity of this.values()) addToIndex(index, entity);
  }

  /** Puts an entity in place without telling the listener: what loading does. */
  restore(entity: T, times: WriteTimes): void {
    const previous = this.#stored.get(entity.id);
    for (const index of this.#indexes.values()) replaceInIndex(index, previous?.entity, entity);
    this.#stored.set(entity.id, { entity, ...times });
  }

  /** Removes an entity without telling the listener. */
  forget(id: string): boolean {
    const previous = this.#stored.get(id);
    if (previous === undefined) return false;
    for (const index of this.#indexes.values()) removeFromIndex(index, previous.entity);
    return this.#stored.delete(id);
  }

  /** Removes all entities without telling the listener. */
  forgetAll(): void {
    this.#stored.clear();
    for (const index of this.#indexes.values()) index.buckets.clear();
  }

  *entries(): Generator<Stored<T>> {
    yield* this.#stored.values();
  }

  #index(name: string): Index<T> {
    const index = this.#indexes.get(name);
    if (index === undefined) throw new Error(`The collection ${this.name} has no index ${name}: declare it.`);
    return index;
  }
}

/** An entity that stays under a value keeps its place there, so that lists stay in order of creation. */
function replaceInIndex<T extends Entity>(index: Index<T>, previous: T | undefined, next: T): void {
  const keys = keysOf(index, next);
  if (previous !== undefined) {
    const left = keysOf(index, previous).filter((key) => !keys.includes(key));
    removeKeys(index, previous.id, left);
  }
  addKeys(index, next, keys);
}

function addToIndex<T extends Entity>(index: Index<T>, entity: T): void {
  addKeys(index, entity, keysOf(index, entity));
}

function addKeys<T extends Entity>(index: Index<T>, entity: T, keys: readonly string[]): void {
  for (const key of keys) {
    let bucket = index.buckets.get(key);
    if (bucket === undefined) {
      bucket = { entities: new Map() };
      index.buckets.set(key, bucket);
    }
    bucket.entities.set(entity.id, entity);
    bucket.list = undefined;
  }
}

function removeFromIndex<T extends Entity>(index: Index<T>, entity: T): void {
  removeKeys(index, entity.id, keysOf(index, entity));
}

function removeKeys<T extends Entity>(index: Index<T>, id: string, keys: readonly string[]): void {
  for (const key of keys) {
    const bucket = index.buckets.get(key);
    if (bucket === undefined) continue;
    bucket.entities.delete(id);
    bucket.list = undefined;
    if (bucket.entities.size === 0) index.buckets.delete(key);
  }
}

function keysOf<T>(index: Index<T>, entity: T): readonly string[] {
  const key = index.key(entity);
  if (key === undefined) return [];
  return (typeof key === "string" ? [key] : key).map((text) => text.toLowerCase());
}
