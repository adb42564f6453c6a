import type { Place, ReviewLine } from "../model";

/** A review line before identical ones are folded: of one connector, in one place. */
export interface Finding extends Omit<ReviewLine, "id" | "who" | "places"> {
  readonly place: Place;
}

/** What most findings have none of. */
export const nothingMore = { because: [], settings: [], alternatives: [], endpoints: [] } as const;

/** What every finding of one connector shares. */
export interface Origin {
  readonly profile: string;
  readonly place: Place;
}
