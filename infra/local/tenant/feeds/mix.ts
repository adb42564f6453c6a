/** Numbers that look random and are always the same for the same place: events are made when they are read, not stored. */

/** 32 well-mixed bits of a seed, a place and a purpose (finalizer of MurmurHash3, Austin Appleby, public domain). */
export function mix(seed: number, place: number, purpose = 0): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16) ^ Math.imul(purpose + 1, 0x27d4eb2f), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A fraction from 0 below 1. */
export const fraction = (seed: number, place: number, purpose: number): number =>
  mix(seed, place, purpose) / 2 ** 32;

/** One of the values, which must not be empty. */
export function choose<T>(values: readonly T[], bits: number): T {
  const value = values[bits % values.length];
  if (value === undefined) throw new Error("There is nothing to choose from.");
  return value;
}

const hex = (value: number, digits: number): string =>
  (value >>> 0).toString(16).padStart(8, "0").slice(-digits);

/** A GUID that tells the recipe and the place it stands for, so that an event is found by its id. */
export function guidOf(seed: number, recipe: number, place: number, purpose = 0): string {
  const first = mix(seed, place, 101 + purpose);
  const second = mix(seed, place, 202 + purpose);
  const variant = "89ab".charAt(second & 3);
  const groups = [hex(first, 8), hex(second >>> 16, 4), `4${hex(second >>> 4, 3)}`];
  return `${groups.join("-")}-${variant}${hex(first >>> 7, 3)}-${hex(recipe, 4)}${hex(place, 8)}`;
}

/** What `guidOf` put into a GUID; undefined for a text that is none. */
export function placeOf(guid: string): { readonly recipe: number; readonly place: number } | undefined {
  const match = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-([0-9a-f]{4})([0-9a-f]{8})$/i.exec(guid);
  if (match === null) return undefined;
  return { recipe: Number.parseInt(match[1] ?? "", 16), place: Number.parseInt(match[2] ?? "", 16) };
}
