/**
 * The rotation schedule of a credential in two overlapping slots, as pure arithmetic on an anchor, a lifetime, an overlap
 * and a moment. Nothing is remembered between runs, so a preview can be explained and tested at any instant.
 *
 * With period P = lifetime - overlap, generation n counts the periods since the anchor. It lives in slot n mod 2, from
 * anchor + nP to anchor + (n+1)P + overlap. The slot that generation n takes over held generation n-2, which ended at
 * anchor + (n-1)P + overlap: already over when n begins, because the overlap is shorter than the period.
 */

const DAY = 86_400_000;

/** How a credential is renewed. */
export interface RotationSchedule {
  /** ISO date-time from which the generations are counted. */
  readonly anchor: string;
  /** Validity of one generation, days: period plus overlap. */
  readonly lifetimeDays: number;
  /** How long the previous generation stays valid beside the new one, days. Must exceed the longest gap between two runs. */
  readonly overlapDays: number;
}

/** One slot that a run declares. */
export interface DeclaredSlot {
  readonly slot: 0 | 1;
  /** Counts up by one each period. The only thing whose change renews the key that the slot holds. */
  readonly generation: number;
  /** ISO date-times. */
  readonly startDate: string;
  readonly endDate: string;
  /** True for the generation to be used; false for the previous one, which is still valid. */
  readonly current: boolean;
}

/** A schedule that cannot rotate without a gap. */
export class RotationScheduleError extends Error {
  override readonly name = "RotationScheduleError";
}

/** The current slot alone, or followed by the previous one while that is still valid. */
export type DeclaredSlots = readonly [DeclaredSlot] | readonly [DeclaredSlot, DeclaredSlot];

/**
 * The slots that a run at `asOf` declares: the current one first, then the previous one while it has not ended.
 *
 * The generation depends on the schedule only through its number: changed dates alone leave a live key as it is, as long
 * as the new schedule counts the same generation at that moment.
 *
 * @param asOf ISO date-time. Before the anchor the first generation is declared, valid from the start of that day (UTC).
 * @throws RotationScheduleError when the overlap is not shorter than the period, or a date can't be read.
 */
export function slotsAt(schedule: RotationSchedule, asOf: string): DeclaredSlots {
  const moment = instant(asOf, "asOf");
  const anchor = instant(schedule.anchor, "anchor");
  const { period, overlap } = lengths(schedule);
  const generation = Math.max(0, Math.floor((moment - anchor) / period));
  const declare = (n: number): DeclaredSlot => ({
    slot: n % 2 === 0 ? 0 : 1,
    generation: n,
    // A run before the anchor needs a key that works today.
    startDate: iso(moment < anchor ? startOfDay(moment) : anchor + n * period),
    endDate: iso(anchor + (n + 1) * period + overlap),
    current: n === generation,
  });
  const latest = declare(generation);
  if (generation === 0) return [latest];
  const previous = declare(generation - 1);
  return moment < Date.parse(previous.endDate) ? [latest, previous] : [latest];
}

/**
 * When a slot's key stops signing in: at its own end, or, of the previous slot, when its overlap has passed and the next run
 * takes it away. The two differ after a renewal ahead of the schedule, which leaves the dates of live keys alone.
 *
 * @param keyEnd ISO date-time that the key itself carries
 */
export function endOfSlot({ current, endDate }: DeclaredSlot, keyEnd: string): string {
  return current || Date.parse(keyEnd) <= Date.parse(endDate) ? keyEnd : endDate;
}

function lengths(schedule: RotationSchedule): { period: number; overlap: number } {
  const { lifetimeDays, overlapDays } = schedule;
  if (!(overlapDays > 0 && lifetimeDays > 2 * overlapDays)) {
    throw new RotationScheduleError(
      `A credential valid for ${lifetimeDays} days can't overlap its successor for ${overlapDays} days. ` +
        "Make overlapDays more than 0 and less than half of lifetimeDays.",
    );
  }
  return { period: (lifetimeDays - overlapDays) * DAY, overlap: overlapDays * DAY };
}

function instant(text: string, argument: string): number {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) {
    throw new RotationScheduleError(
      `${argument} "${text}" is not a date. Write it like 2026-01-31T00:00:00Z.`,
    );
  }
  return milliseconds;
}

function startOfDay(milliseconds: number): number {
  return Math.floor(milliseconds / DAY) * DAY;
}

/** Whole seconds, as Microsoft Graph returns them: a fraction would read back as a change. */
function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
