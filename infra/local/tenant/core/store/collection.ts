import type { Change, Collection, Entity, IndexKey, WriteTimes } from "../types";
import { firstAfter, HashIndex, type Stored } from "./hash-index";

/** Told of every change, so that the store can journal it. */
export interface ChangeListener<T> {
  put(entity: T, times: WriteTimes, position: number): void;
  delete(id: string): void;
  now(): number;
}

/** Removed places are kept until they are that many and half of all. */
const tidyAbove = 1_000;

/** A collection held in memory with hash indexes. */
export class IndexedCollection<T extends Entity> implements Collection<T> {
  readonly name: string;
  readonly #stored = new Map<string, Stored<T>>();
  readonly #indexes = new Map<string, HashIndex<T>>();
  readonly #listener: ChangeListener<T>;
  readonly #watchers: ((change: Change<T>) => void)[] = [];
  /** All in order of creation, with places of removed ones between. */
  #order: Stored<T>[] = [];
  #removed = 0;
  #lastPosition = 0;
  #lastCreatedAt = 0;

  constructor(name: string, listener: ChangeListener<T>) {
    this.name = name;
    this.#listener = listener;
  }

  get size(): number {
    return this.#stored.size;
  }

  get lastPosition(): number {
    return this.#lastPosition;
  }

  get lastCreatedAt(): number {
    return this.#lastCreatedAt;
  }

  get(id: string): T | undefined {
    return this.#stored.get(id)?.entity;
  }

  times(id: string): WriteTimes | undefined {
    const stored = this.#stored.get(id);
    return stored && { createdAt: stored.createdAt, modifiedAt: stored.modifiedAt };
  }

  position(id: string): number | undefined {
    return this.#stored.get(id)?.position;
  }

  *values(): IterableIterator<T> {
    for (const stored of this.#stored.values()) yield stored.entity;
  }

  *after(position: number): IterableIterator<T> {
    const order = this.#order;
    for (let at = firstAfter(order, position); at < order.length; at += 1) {
      const stored = order[at];
      if (stored !== undefined && !stored.removed) yield stored.entity;
    }
  }

  put(entity: T): T {
    const stored = this.#stored.get(entity.id);
    const previous = stored?.entity;
    const now = this.#listener.now();
    const times = { createdAt: stored?.createdAt ?? now, modifiedAt: now };
    const position = this.restore(entity, times);
    this.#listener.put(entity, times, position);
    for (const watcher of this.#watchers) watcher({ previous, next: entity });
    return entity;
  }

  delete(id: string): boolean {
    const previous = this.get(id);
    if (previous === undefined) return false;
    this.forget(id);
    this.#listener.delete(id);
    for (const watcher of this.#watchers) watcher({ previous, next: undefined });
    return true;
  }

  by(index: string, value: string): readonly T[] {
    return this.#index(index).list(value);
  }

  byAfter(index: string, value: string, position: number): IterableIterator<T> {
    return this.#index(index).after(value, position);
  }

  watch(watcher: (change: Change<T>) => void): void {
    this.#watchers.push(watcher);
  }

  /** Declares an index; entities already here are taken up. Declaring it again changes nothing. */
  declareIndex(name: string, key: IndexKey<T>): void {
    if (this.#indexes.has(name)) return;
    const index = new HashIndex(key);
    this.#indexes.set(name, index);
    for (const stored of this.#stored.values()) index.add(stored);
  }

  /** Puts an entity in place without telling anybody: what loading does. Answers its position. */
  restore(entity: T, { createdAt, modifiedAt }: WriteTimes, position?: number): number {
    const existing = this.#stored.get(entity.id);
    if (existing !== undefined) {
      for (const index of this.#indexes.values()) index.replace(existing, entity);
      existing.entity = entity;
      existing.createdAt = createdAt;
      existing.modifiedAt = modifiedAt;
      return existing.position;
    }
    this.#lastPosition = Math.max(this.#lastPosition + 1, position ?? 0);
    const stored = { entity, createdAt, modifiedAt, position: this.#lastPosition, removed: false };
    this.#lastCreatedAt = createdAt;
    this.#stored.set(entity.id, stored);
    this.#order.push(stored);
    for (const index of this.#indexes.values()) index.add(stored);
    return stored.position;
  }

  /** Removes an entity without telling anybody. */
  forget(id: string): boolean {
    const stored = this.#stored.get(id);
    if (stored === undefined) return false;
    for (const index of this.#indexes.values()) index.remove(stored);
    this.#stored.delete(id);
    stored.removed = true;
    this.#removed += 1;
    if (this.#removed > tidyAbove && this.#removed > this.#order.length / 2) {
      this.#order = this.#order.filter(({ removed }) => !removed);
      this.#removed = 0;
    }
    return true;
  }

  /** Removes all entities without telling anybody. */
  forgetAll(): void {
    for (const stored of this.#order) stored.removed = true;
    this.#stored.clear();
    this.#order = [];
    this.#removed = 0;
    for (const index of this.#indexes.values()) index.clear();
  }

  *entries(): Generator<Readonly<Stored<T>>> {
    yield* this.#stored.values();
  }

  #index(name: string): HashIndex<T> {
    const index = this.#indexes.get(name);
    if (index === undefined) throw new Error(`The collection ${this.name} has no index ${name}: declare it.`);
    return index;
  }
}
