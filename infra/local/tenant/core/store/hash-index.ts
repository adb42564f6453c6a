import type { Entity, IndexKey } from "../types";

/** An entity in its place: the object stays while the entity in it is replaced. */
export interface Stored<T> {
  entity: T;
  createdAt: number;
  modifiedAt: number;
  /** Place in the order of creation. */
  readonly position: number;
  removed: boolean;
}

/** Entities under one index value in order of creation; the list is made when asked for and kept until it changes. */
interface Bucket<T> {
  readonly stored: Stored<T>[];
  list?: readonly T[] | undefined;
}

/** A hash index: text, without regard to case, to the entities that have it. */
export class HashIndex<T extends Entity> {
  readonly #key: IndexKey<T>;
  readonly #buckets = new Map<string, Bucket<T>>();

  constructor(key: IndexKey<T>) {
    this.#key = key;
  }

  list(value: string): readonly T[] {
    const bucket = this.#buckets.get(value.toLowerCase());
    if (bucket === undefined) return [];
    bucket.list ??= Object.freeze(bucket.stored.map(({ entity }) => entity));
    return bucket.list;
  }

  /** Entities under the value whose place is after the position; those before are not visited. */
  *after(value: string, position: number): IterableIterator<T> {
    const stored = this.#buckets.get(value.toLowerCase())?.stored ?? [];
    for (let at = firstAfter(stored, position); at < stored.length; at += 1) {
      const found = stored[at];
      if (found !== undefined) yield found.entity;
    }
  }

  add(stored: Stored<T>): void {
    for (const key of this.#keysOf(stored.entity)) this.#addKey(key, stored);
  }

  remove(stored: Stored<T>): void {
    for (const key of this.#keysOf(stored.entity)) this.#removeKey(key, stored);
  }

  /** To be called while the stored entity is still the old one: moves it to the keys that the next one has. */
  replace(stored: Stored<T>, next: T): void {
    const before = this.#keysOf(stored.entity);
    const after = this.#keysOf(next);
    for (const key of before) if (!after.includes(key)) this.#removeKey(key, stored);
    for (const key of after) {
      const bucket = before.includes(key) ? this.#buckets.get(key) : undefined;
      if (bucket === undefined) this.#addKey(key, stored);
      else bucket.list = undefined;
    }
  }

  clear(): void {
    this.#buckets.clear();
  }

  #addKey(key: string, stored: Stored<T>): void {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      this.#buckets.set(key, { stored: [stored], list: undefined });
      return;
    }
    const place = firstAfter(bucket.stored, stored.position - 1);
    if (bucket.stored[place] === stored) return;
    if (place === bucket.stored.length) bucket.stored.push(stored);
    else bucket.stored.splice(place, 0, stored);
    bucket.list = undefined;
  }

  #removeKey(key: string, stored: Stored<T>): void {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return;
    const place = firstAfter(bucket.stored, stored.position - 1);
    if (bucket.stored[place] !== stored) return;
    bucket.stored.splice(place, 1);
    bucket.list = undefined;
    if (bucket.stored.length === 0) this.#buckets.delete(key);
  }

  #keysOf(entity: T): readonly string[] {
    const key = this.#key(entity);
    if (key === undefined) return [];
    if (typeof key === "string") return [key.toLowerCase()];
    return key.map((text) => text.toLowerCase());
  }
}

/** Place of the first whose position is greater, in a list that is ordered by position. */
export function firstAfter(stored: readonly { readonly position: number }[], position: number): number {
  const last = stored.at(-1);
  if (last === undefined || last.position <= position) return stored.length;
  let low = 0;
  let high = stored.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stored[middle]?.position ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
