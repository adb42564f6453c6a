import { randomUUID } from "node:crypto";
import type { Item } from "../entity-type";

/** Shorter lists are read again at every page: that costs less than to remember them. */
const smallest = 2_000;
const kept = 8;
const lifetime = 10 * 60 * 1000;

/**
 * The order of long lists that clients are paging through, so that a page costs the page and not the list. It is only a
 * shortcut: a page whose list was forgotten (too old, too many, restart) is found by reading the list again.
 */
export class ListSnapshots {
  private readonly lists = new Map<string, { readonly items: readonly Item[]; readonly at: number }>();

  /** Remembers a list that is worth it and answers its key. */
  remember(items: readonly Item[], now: number): string | undefined {
    if (items.length < smallest) return undefined;
    const [oldest] = this.lists.keys();
    if (this.lists.size >= kept && oldest !== undefined) this.lists.delete(oldest);
    const key = randomUUID();
    this.lists.set(key, { items, at: now });
    return key;
  }

  recall(key: string | undefined, now: number): readonly Item[] | undefined {
    const list = key === undefined ? undefined : this.lists.get(key);
    return list !== undefined && now - list.at < lifetime ? list.items : undefined;
  }
}
