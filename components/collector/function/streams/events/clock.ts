/** Clocks of services: with a zone, without one, with more digits of a second than a computer counts. */

const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * An ISO date-time in UTC, to the millisecond. A clock without a zone is UTC: so says the page "Office 365 Management
 * Activity API schema" of `CreationTime`.
 * @returns undefined for anything that is no date-time
 */
export function utcOf(text: unknown): string | undefined {
  const [, date, time, zone = "Z"] = (typeof text === "string" && pattern.exec(text.trim())) || [];
  if (date === undefined || time === undefined) return undefined;
  const at = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? undefined : isoOf(at);
}

/** @param milliseconds since 1970 */
export const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const hour = 3_600_000;
export const day = 24 * hour;
