/**
 * Renewal ahead of the schedule, as arithmetic on the anchor: the generation that comes next is made to begin today. The
 * live generation keeps its number and with it its key, so the deployment makes one new value and touches no other.
 */
import type { RotationSchedule } from "./rotation";

const DAY = 86_400_000;

/** What is renewed, and how. */
export interface Renewal {
  /** Number of the generation that the stack was deployed with. */
  readonly generation: number;
  /** The moment that the schedule is declared for, ISO date-time. */
  readonly asOf: string;
  /** Whether the value in use goes on beside the new one for the schedule's overlap, or ends at the deployment. */
  readonly overlap: boolean;
}

/**
 * The schedule by which a run at `asOf`, or later on, declares the generation after the deployed one.
 *
 * With overlap the new generation begins on that day (UTC) and the deployed one is declared until the overlap has passed.
 * Without, it counts as having begun one overlap ago, so that no earlier generation is declared any more.
 *
 * @returns the same lifetime and overlap with an anchor at midnight UTC, never later than `asOf`
 */
export function renewed(
  schedule: RotationSchedule,
  { generation, asOf, overlap }: Renewal,
): RotationSchedule {
  const today = Math.floor(Date.parse(asOf) / DAY) * DAY;
  const period = (schedule.lifetimeDays - schedule.overlapDays) * DAY;
  const past = overlap ? 0 : schedule.overlapDays * DAY;
  const anchor = today - past - (generation + 1) * period;
  return { ...schedule, anchor: new Date(anchor).toISOString() };
}

/** The generation in the name of an issued key (`conductorone-slot-1-7`); undefined for a key that does not rotate. */
export function generationOf(displayName: string): number | undefined {
  const digits = /-slot-[01]-(\d+)$/.exec(displayName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
