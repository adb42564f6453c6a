/** Clocks of services: with a zone, without one, with more digits of a second than a computer counts. */

const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * An ISO date-time in UTC, to the millisecond. A clock without a zone is UTC: so says the page "Office 365 Management
 * Activity API schema" of `CreationTime`.
 * @returns undefined for anything that is no date-time
 */
export function utcOf(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const usual = usualPattern.exec(text);
  if (usual !== null) return `${usual[1]}.${(usual[2] ?? "").slice(0, 3).padEnd(3, "0")}Z`;
  const [, date, time, zone = "Z"] = pattern.exec(text.trim()) ?? [];
  if (date === undefined || time === undefined) return undefined;
  const at = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? undefined : isoOf(at);
}

/** What services write nearly always, and what is sure to be a date: there are millions. */
const usualPattern =
  /^(20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?Z?$/;

/** @param milliseconds since 1970 */
export const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const hour = 3_600_000;
export const day = 24 * hour;
