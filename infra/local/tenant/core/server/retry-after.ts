import type { Fault } from "../types";

/** The Retry-After header that a fault asks for: the text as it was given, or a date so many seconds from now. */
export function retryAfterOf(
  { retryAfter, retryAfterDate }: Fault,
  now: number,
): Readonly<Record<string, string>> {
  if (retryAfter !== undefined) return { "Retry-After": retryAfter };
  return retryAfterDate === undefined
    ? {}
    : { "Retry-After": new Date(now + retryAfterDate * 1_000).toUTCString() };
}
