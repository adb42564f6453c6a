/** Events in order of time out of several sources, without visiting those before the page that is asked for. */

/** Events that are numbered from 0 in order of time. */
export interface EventSource<T> {
  /** Number of the source, which lasts; decides between events of one moment. */
  readonly order: number;
  readonly count: number;
  /** Milliseconds since 1970; never falls from one place to the next. */
  at(place: number): number;
  /** A number that the event keeps when others are put in before it; grows with the place among events of one moment. */
  key(place: number): number;
  /** When clients can see it. */
  visibleAt(place: number): number;
  event(place: number): T;
}

/** Where an event stands among those of all sources. */
export interface Mark {
  readonly at: number;
  readonly order: number;
  readonly key: number;
}

/** An event that a walk came to; it is made only when it is asked for. */
export interface Found<T> extends Mark {
  readonly source: EventSource<T>;
  readonly place: number;
}

/** A part of all events: after or before a mark, within two moments (both included). */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly descending: boolean;
  readonly after?: Mark | undefined;
}

function compare(left: Mark, right: Mark): number {
  return left.at - right.at || left.order - right.order || left.key - right.key;
}

/** How many events of a source stand before the mark (or at it). */
function countBefore<T>(source: EventSource<T>, mark: Mark, included: boolean): number {
  let [low, high] = [0, source.count];
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare({ at: source.at(middle), order: source.order, key: source.key(middle) }, mark);
    if (order < 0 || (included && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const lowest = Number.NEGATIVE_INFINITY;
const highest = Number.POSITIVE_INFINITY;

/** Walks over a stretch in order of time. */
export function* walk<T>(sources: readonly EventSource<T>[], stretch: Stretch): Generator<Found<T>> {
  const { from, to, descending, after } = stretch;
  const step = descending ? -1 : 1;
  const heads = sources.map((source) => {
    let first = countBefore(source, { at: from, order: lowest, key: lowest }, false);
    let last = countBefore(source, { at: to, order: highest, key: highest }, true) - 1;
    if (after !== undefined && descending) last = Math.min(last, countBefore(source, after, false) - 1);
    if (after !== undefined && !descending) first = Math.max(first, countBefore(source, after, true));
    return { source, place: descending ? last : first, first, last };
  });
  for (;;) {
    let best: Found<T> | undefined;
    let chosen: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.place < head.first || head.place > head.last) continue;
      const { source, place } = head;
      const found = { source, place, at: source.at(place), order: source.order, key: source.key(place) };
      if (best !== undefined && compare(found, best) * step > 0) continue;
      best = found;
      chosen = head;
    }
    if (best === undefined || chosen === undefined) return;
    chosen.place += step;
    yield best;
  }
}
