import type { Random } from "./random";

/** How many memberships a seed makes. */
export interface MembershipSize {
  readonly memberships?: number | undefined;
  readonly largestGroup?: number | undefined;
}

interface Wanted extends MembershipSize {
  readonly groups: number;
  readonly people: number;
  /** Groups in each group by its place: they count too. */
  readonly nested: readonly number[];
}

/** Which of the fixed groups are large, and which stay empty. */
const largestPlace = 1;
const emptyPlace = 3;
/** How fast groups get smaller from one to the next (Zipf's law, flattened). */
const exponent = 0.9;

/**
 * Sizes of groups by their place. They add up to the memberships wanted, unless there are too few people: the second is
 * the largest, the others follow Zipf's law, and nobody is in a group twice.
 */
export function groupSizes({
  memberships = 0,
  largestGroup,
  groups,
  people,
  nested,
}: Wanted): readonly number[] {
  const total = Math.max(0, memberships - nested.reduce((sum, count) => sum + count, 0));
  const wanted = (largestGroup ?? Math.ceil(memberships / 10)) - (nested[largestPlace] ?? 0);
  const largest = Math.max(0, Math.min(people, wanted, total));
  const sizes = new Array<number>(groups).fill(0);
  if (largestPlace < groups) sizes[largestPlace] = largest;
  const others = sizes
    .map((_, place) => place)
    .filter((place) => place !== largestPlace && place !== emptyPlace);
  let left = total - largest;
  let weights = others.reduce((sum, _, rank) => sum + weightOf(rank), 0);
  for (const [rank, place] of others.entries()) {
    const weight = weightOf(rank);
    const share = rank === others.length - 1 ? left : Math.round((left * weight) / weights);
    const size = Math.max(0, Math.min(share, people, largest - (nested[place] ?? 0)));
    sizes[place] = size;
    left -= size;
    weights -= weight;
  }
  return sizes;
}

const weightOf = (rank: number): number => (rank + 2) ** -exponent;

/** So many different ones of a list, spread over it. */
export function sample<T>(random: Random, all: readonly T[], count: number): readonly T[] {
  if (count === 0 || all.length === 0) return [];
  const start = random.below(all.length);
  const step = coprimeStep(random, all.length);
  const taken: T[] = [];
  for (let at = 0; at < Math.min(count, all.length); at += 1) {
    const one = all[(start + at * step) % all.length];
    if (one !== undefined) taken.push(one);
  }
  return taken;
}

/** A step that meets every place of a ring of that length before it meets one again. */
function coprimeStep(random: Random, length: number): number {
  if (length < 3) return 1;
  let step = 1 + random.below(length - 1);
  while (greatestCommonDivisor(step, length) !== 1) step = (step % (length - 1)) + 1;
  return step;
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
