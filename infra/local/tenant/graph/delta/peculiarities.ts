/**
 * What the service does now and then and a client must bear (page "Use delta query to track changes": replays; page
 * "Paging Microsoft Graph data": short and empty pages). It is the same at every run: it follows from numbers alone.
 * - of forty pages the eighth is empty and still has a next link;
 * - of twelve pages the fourth holds fewer objects than it could;
 * - of sixteen pages of a first round the fourth begins with the last object of the page before;
 * - of four changes one makes the link that ends with it show the last one to three changes once more.
 */

/** How many objects a page may hold, counted from 0. */
export function pageSize(maximum: number, page: number): number {
  if (page % 40 === 7) return 0;
  return page % 12 === 3 ? Math.floor(maximum * 0.7) : maximum;
}

/** Whether the next page begins with the last object of this one. */
export const isRepeated = (page: number): boolean => page % 16 === 2;

/** How many changes before its number a link begins. */
export const replayed = (changes: number): number => (changes % 4 === 3 ? 1 + (changes % 3) : 0);
