/** How long the service asks to wait (RFC 9110, "Retry-After"; page "Microsoft Graph throttling guidance"). */

/**
 * Milliseconds to wait, or undefined where the header is missing or says nothing.
 * Takes seconds as integer or decimal and an HTTP date, which is measured against the reply's own `Date` where there is
 * one, so that a wrong clock on this side changes nothing.
 */
export function retryAfter(
  value: string | undefined,
  now: number,
  date?: string | undefined,
): number | undefined {
  const text = value?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\+?\d+(\.\d*)?$|^\+?\.\d+$/.test(text))
    return finite(Math.ceil(Number((Number(text) * 1000).toFixed(3))));
  const at = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const serverNow = date === undefined ? Number.NaN : Date.parse(date);
  return Math.max(0, at - (Number.isNaN(serverNow) ? now : serverNow));
}

const finite = (milliseconds: number): number | undefined =>
  Number.isFinite(milliseconds) ? milliseconds : undefined;

/** Milliseconds before attempt number `attempt` (1 = the first retry): 0.5 s doubled up to 30 s, half of it by chance. */
export function backoff(attempt: number, random: () => number): number {
  const longest = Math.min(30_000, 500 * 2 ** (Math.max(1, attempt) - 1));
  return Math.round(longest / 2 + (longest / 2) * random());
}
