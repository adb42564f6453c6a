import type { Known } from "./run-stream";

/** Keys of what is known of a type, sorted. */
export const keysOf = (known: Known, type: string): string[] =>
  [...known.keys()]
    .filter((name) => name.startsWith(`${type} `))
    .map((name) => name.slice(type.length + 1))
    .sort();
