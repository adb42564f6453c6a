/**
 * What the service does now and then and a client must bear (page "Use delta query to track changes": replays; page
 * "Paging Microsoft Graph data": short and empty pages). It is the same at every run: it follows from numbers alone.
 * - one page in twelve holds fewer objects than it could; one in forty holds none and still has a next link;
 * - one page in sixteen of a first round begins with the last object of the page before;
 * - one link in four shows the last one to three changes of the round before once more.
 */

/** How many objects a page may hold. The first page is always full: most tenants have no more. */
export function pageSize(maximum: number, page: number): number {
  if (page > 0 && scattered(page) % 40 === 0) return 0;
  if (page > 0 && scattered(page) % 12 === 1) return Math.floor(maximum * 0.7);
  return maximum;
}

/** Whether the next page begins with the last object of this one. */
export const isRepeated = (page: number): boolean => scattered(page + 7) % 16 === 0;

/** How many changes before its number a link begins. */
export function replayed(changes: number): number {
  const hash = scattered(changes);
  return hash % 4 === 0 ? 1 + (hash % 3) : 0;
}

function scattered(number: number): number {
  const mixed = Math.imul((number ^ (number >>> 15)) + 0x9e3779b9, 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
