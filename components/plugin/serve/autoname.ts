import { createHash, randomBytes } from "node:crypto";
import type { Properties } from "./values";

/** How a resource that is declared without a name gets one. */
export interface Autoname {
  /** The input that holds the name. */
  readonly property: string;
  /** A name made from the resource's name in the program and `random`, hexadecimal digits that the seed decides. */
  readonly make: (resourceName: string, random: string) => string;
}

/** Kept in the inputs of an autonamed resource: its replacement can be made before it is deleted, under another name. */
export const AUTONAMED = "__createBeforeDelete";

/** Eight random digits after the name, cut to the service's limit. */
export function suffixed(property: string, maximumLength: number): Autoname {
  return {
    property,
    make: (resourceName, random) => `${resourceName.slice(0, maximumLength - 8)}${random.slice(0, 8)}`,
  };
}

/** A random GUID. */
export function randomGuid(property: string): Autoname {
  return { property, make: (_, random) => guid(random) };
}

function guid(random: string): string {
  const variant = "89ab".charAt(Number.parseInt(random.charAt(16), 16) % 4);
  return [
    random.slice(0, 8),
    random.slice(8, 12),
    `4${random.slice(13, 16)}`,
    `${variant}${random.slice(17, 20)}`,
    random.slice(20, 32),
  ].join("-");
}

/**
 * The inputs with a name: the declared one, else the one the resource already has, else a new one. The engine
 * gives the same seed to the same planned step, so a preview and its update agree on the name.
 */
export function withName(
  rule: Autoname,
  resourceName: string,
  olds: Properties,
  news: Properties,
  seed: Uint8Array,
): Properties {
  const declared = news[rule.property];
  if (declared !== undefined && declared !== null) return news;
  const existing = olds[AUTONAMED] === true ? olds[rule.property] : undefined;
  const chance = seed.length > 0 ? seed : randomBytes(32);
  const random = createHash("sha256").update(chance).update(resourceName).digest("hex");
  return { ...news, [rule.property]: existing ?? rule.make(resourceName, random), [AUTONAMED]: true };
}
