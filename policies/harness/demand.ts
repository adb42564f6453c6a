/** The commonest judgement: a property has to have one of a few values. */
import type { z } from "zod";
import type { Finding } from "./outcome";
import { readProperty } from "./values";

/** What a property has to be. */
export interface Demand<T> {
  /** Name of the property, or names on the way down to it, joined by dots. */
  readonly path: string;
  /** Its kind, with Azure's own default where it is left out. */
  readonly schema: z.ZodType<T>;
  readonly accept: (value: T) => boolean;
  /** What is wrong otherwise, in a sentence. */
  readonly otherwise: string;
}

/**
 * Findings of one property; the culprit is its last name.
 * @throws UnreadableProperty when it is unknown or of another kind
 */
export function demand<T>(
  properties: object,
  { path, schema, accept, otherwise }: Demand<T>,
): readonly Finding[] {
  if (accept(readProperty(properties, path, schema))) return [];
  return [{ culprit: path.split(".").at(-1) ?? path, message: otherwise }];
}
