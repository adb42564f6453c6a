import type { Place, ReviewLine } from "../model";

/** A review line before identical ones are folded: of one connector, in one place. */
export interface Finding extends Omit<ReviewLine, "id" | "who" | "places" | keyof Details> {
  readonly place: Place;
  /** What is worked out once a line, not once a place. */
  readonly details?: () => Details;
}

type Details = Pick<ReviewLine, "alternatives" | "endpoints">;

/** What most findings have none of. */
export const nothingMore = { because: [], settings: [] } as const;

/** What every finding of one connector shares. */
export interface Origin {
  readonly profile: string;
  readonly place: Place;
}
