import { fraction, mix } from "./mix";

const minute = 60_000;
const hour = 60 * minute;

/**
 * How long after it happened an event can be seen: two to five minutes mostly, one of a hundred up to an hour later, one of
 * a thousand up to 24 hours (Microsoft page "Microsoft Entra log latency" tells of such spans).
 */
export function arrivalDelay(seed: number, place: number): number {
  const rank = mix(seed, place, 31) % 1_000;
  const part = fraction(seed, place, 32);
  if (rank === 0) return Math.floor(5 * hour + part * 19 * hour);
  if (rank <= 10) return Math.floor(5 * minute + part * 55 * minute);
  return Math.floor((2 + 3 * part) * minute);
}
