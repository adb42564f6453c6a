/** Differences between two lists, exact: they can be reversed, and applied to the first list they give the second. */
import { isDeepStrictEqual } from "node:util";
import { byText } from "../planning/requirement";
import type { Change } from "./model";

/** What tells the items of a list apart. */
export interface Identity<Item> {
  readonly key: (item: Item) => string;
  /**
   * Items that came and went and belong together are one change: the federated credential with another subject, for
   * example. Absent: they never do.
   */
  readonly pair?: (item: Item) => string;
}

/** The changes from `before` to `after`, sorted by key. */
export function changesBetween<Item>(
  before: readonly Item[],
  after: readonly Item[],
  { key, pair }: Identity<Item>,
): readonly Change<Item>[] {
  const old = new Map(before.map((item) => [key(item), item]));
  const now = new Map(after.map((item) => [key(item), item]));
  const changed = after.flatMap((item): Change<Item>[] => {
    const known = old.get(key(item));
    return known === undefined || isDeepStrictEqual(known, item)
      ? []
      : [{ kind: "changed", before: known, after: item }];
  });
  const gone = before.filter((item) => !now.has(key(item)));
  const come = after.filter((item) => !old.has(key(item)));
  return [...changed, ...pairUp(gone, come, key, pair)].sort(byText((change) => key(itemOf(change))));
}

function pairUp<Item>(
  gone: readonly Item[],
  come: readonly Item[],
  key: (item: Item) => string,
  pair: ((item: Item) => string) | undefined,
): readonly Change<Item>[] {
  const waiting = [...come].sort(byText(key));
  const changes: Change<Item>[] = [];
  for (const before of [...gone].sort(byText(key))) {
    const index = pair === undefined ? -1 : waiting.findIndex((item) => pair(item) === pair(before));
    const [after] = index < 0 ? [] : waiting.splice(index, 1);
    changes.push(after === undefined ? { kind: "removed", before } : { kind: "changed", before, after });
  }
  return [...changes, ...waiting.map((after): Change<Item> => ({ kind: "added", after }))];
}

/** The item as it is, or as it was where it went. */
export function itemOf<Item>(change: Change<Item>): Item {
  return change.kind === "removed" ? change.before : change.after;
}

/** The list that the changes lead to. Its order is not kept. */
export function applyChanges<Item>(
  items: readonly Item[],
  changes: readonly Change<Item>[],
  { key }: Identity<Item>,
): readonly Item[] {
  const left = new Map(items.map((item) => [key(item), item]));
  for (const change of changes) if (change.kind !== "added") left.delete(key(change.before));
  for (const change of changes) if (change.kind !== "removed") left.set(key(change.after), change.after);
  return [...left.values()];
}

/** The changes that lead back. */
export function reverseChanges<Item>(
  changes: readonly Change<Item>[],
  { key }: Identity<Item>,
): readonly Change<Item>[] {
  return changes
    .map((change): Change<Item> => {
      if (change.kind === "added") return { kind: "removed", before: change.after };
      if (change.kind === "removed") return { kind: "added", after: change.before };
      return { kind: "changed", before: change.after, after: change.before };
    })
    .sort(byText((change) => key(itemOf(change))));
}
