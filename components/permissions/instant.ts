import { z } from "zod";

/** Slots are counted from here for an entry that names no anchor. */
export const defaultAnchor = "2025-01-01T00:00:00.000Z";

/** A date or date-time as people write it, read as an ISO date-time; a date counts from midnight UTC. */
export const instant = z
  .string()
  .refine(isInstant, {
    error: "is not an ISO date (2026-01-31) or date-time (2026-01-31T00:00:00Z).",
  })
  .pipe(z.string().transform((value) => new Date(value).toISOString()));

function isInstant(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.exec(
    value,
  );
  if (match === null || Number.isNaN(Date.parse(value))) return false;
  const day = new Date(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`);
  return day.getUTCDate() === Number(match[3]);
}
