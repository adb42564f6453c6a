/** How long an invocation may take: host.json, or the app setting that overrides it. */
import host from "../host.json";

const override = "AzureFunctionsJobHost__functionTimeout";
/** Kept for writing the last savepoint and the status, and for the platform's own work. */
const reserveMilliseconds = 20_000;
const mostReserveShare = 0.2;

/** The moment by which an invocation that begins at `start` should have ended; undefined: there is no limit. */
export function invocationDeadline(
  start: Date,
  environment: Readonly<Record<string, string | undefined>>,
): Date | undefined {
  const limit = milliseconds(environment[override] ?? host.functionTimeout);
  if (limit === undefined) return undefined;
  return new Date(start.getTime() + limit - Math.min(reserveMilliseconds, limit * mostReserveShare));
}

/** Of a time span `hh:mm:ss`; `-1` and anything else mean no limit. */
function milliseconds(span: string): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2})$/.exec(span) ?? [];
  if (hours === undefined) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
