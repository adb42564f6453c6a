import { InvalidArgumentError } from "@commander-js/extra-typings";
import { parseDuration } from "./duration";

/** The value of an option that is a span of time, in milliseconds. @throws InvalidArgumentError */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) throw new InvalidArgumentError("Use for example 90s, 5m or 500ms.");
  return milliseconds;
}
