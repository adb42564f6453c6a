import { InvalidArgumentError } from "@commander-js/extra-typings";
import { parseDuration } from "../../lib/duration";

/** A parser of whole numbers within limits, for a commander option. */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`Give a whole number from ${minimum} to ${maximum}.`);
  };
}

/** Milliseconds of a duration such as `90s`, `12h` or `30d`. */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined)
    throw new InvalidArgumentError("Give a duration such as 90s, 15m, 12h or 30d.");
  return milliseconds;
}
