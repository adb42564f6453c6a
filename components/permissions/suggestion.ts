import { closest, distance } from "fastest-levenshtein";

/** The candidate that was most likely meant by a misspelt word, when one is close enough to be worth naming. */
function suggestion(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || word.length > 100) return undefined;
  const byLowerCase = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const wanted = word.toLowerCase();
  const nearest = closest(wanted, [...byLowerCase.keys()]);
  const allowed = Math.max(2, Math.floor(nearest.length / 3));
  return distance(wanted, nearest) <= allowed ? byLowerCase.get(nearest) : undefined;
}

/** ` Did you mean "X"?` or nothing, to end a message with. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = suggestion(word, candidates);
  return meant === undefined ? "" : ` Did you mean "${meant}"?`;
}
