/** Statuses that are tried again whatever the method; 501 is not among them. */
const RETRIED_STATUSES = new Set([408, 424, 429]);
const LONGEST_DELAY_SECONDS = 61;

/** Whether an answer of that status is tried again. */
export function isRetriedStatus(status: number): boolean {
  return RETRIED_STATUSES.has(status) || (status >= 500 && status !== 501);
}

/** Milliseconds to wait before attempt n + 1 (n from 0): the service's `Retry-After`, else 1, 2, 4 … 61 seconds. */
export function retryDelay(attempt: number, retryAfter: string | undefined): number {
  if (retryAfter !== undefined && /^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  return Math.min(2 ** attempt, LONGEST_DELAY_SECONDS) * 1000;
}

/** How often a call is tried again in the time that is left, so that the waits without `Retry-After` fit into it. */
export function retryCount(millisecondsLeft: number): number {
  const seconds = Math.max(0, millisecondsLeft / 1000);
  if (seconds <= 63) return Math.max(0, Math.floor(Math.log2(seconds + 1)) - 1);
  return Math.floor((seconds - 63) / LONGEST_DELAY_SECONDS) + 6;
}
