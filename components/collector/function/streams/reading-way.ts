/**
 * Which way a collection is read for the first time. Both end with a delta link.
 *
 * `delta`: one delta page of 200 objects after the other, up to 1,000 related ids among them. Few request units, and every
 * page waits for the one before.
 * `pages`: a delta link first (`$deltatoken=latest`), then pages of 999 objects with what hangs on them by `$batch`, many at
 * a time, then what changed meanwhile by that link. Fast where requests take long, and each object with relations of its own
 * costs a request of its own from the tenant's budget.
 */
export type ReadingWay = "delta" | "pages";

/** What is known before the first page. */
export interface ReadingFacts {
  /** Objects in the collection; undefined where the count could not be had. */
  readonly objects: number | undefined;
  /** Relations of each object that are read by a request of their own where they do not fit inline. */
  readonly relations: number;
}

/**
 * Request units that one application may spend in a tenant within ten seconds, the smallest of Microsoft's three sizes
 * ("Microsoft Graph service-specific throttling limits", identity and access).
 */
const unitsInTenSeconds = 3_500;
/**
 * What a relation of one object costs on average, most of them being inline: 0.73 to 0.86 request units were measured for a
 * group's members and owners together, of which two groups in five have more than fit.
 */
const unitsPerRelation = 0.45;
/** How long a first read may lean on the budget before the way that spares it is the faster one. */
const patienceSeconds = 600;

/** The way for a collection. */
export function readingWay({ objects, relations }: ReadingFacts): ReadingWay {
  if (relations === 0 || objects === undefined) return "pages";
  const seconds = (objects * relations * unitsPerRelation * 10) / unitsInTenSeconds;
  return seconds > patienceSeconds ? "delta" : "pages";
}
