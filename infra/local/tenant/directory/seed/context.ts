import type { TenantSettings } from "../../core/types";
import type { Directory } from "../open";
import type { Random } from "./random";

/** What every part of the seed needs. */
export interface SeedContext {
  readonly directory: Directory;
  readonly settings: TenantSettings;
  /** The tenant's time, milliseconds since 1970. */
  readonly now: number;
  /** Midnight (UTC) of the tenant's day: dates in the directory lie before it. */
  readonly today: number;
  /** A random stream of its own for each part, so that more users do not change the groups. */
  readonly random: (stream: string) => Random;
  /** Lets other work run now and then; to be called after each entity that is made. */
  readonly breathe: () => Promise<void>;
}

const day = 24 * 60 * 60 * 1000;

/** An instant that many days (and a random part of a day) ago. */
export function daysAgo({ today }: SeedContext, days: number, random: Random): string {
  return new Date(today - days * day - random.below(day)).toISOString().replace(/\.\d+Z/, "Z");
}
