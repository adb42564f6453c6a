/** One JSON line an event. No secret and no personal data: names of streams, ids of runs and requests, figures. */
import type { InvocationContext } from "@azure/functions";

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  information(event: string, fields?: LogFields): void;
  warning(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** The log of one invocation; every line has the fields given. */
export function invocationLog(context: InvocationContext, always: LogFields = {}): Log {
  const line = (event: string, fields: LogFields) => JSON.stringify({ event, ...always, ...fields });
  return {
    information: (event, fields = {}) => context.info(line(event, fields)),
    warning: (event, fields = {}) => context.warn(line(event, fields)),
    error: (event, fields = {}) => context.error(line(event, fields)),
  };
}
