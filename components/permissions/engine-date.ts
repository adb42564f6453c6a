const engineDate = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?) ([+-]\d{2})(\d{2}) \S+$/;

/**
 * The engine reads an unquoted date of a stack file as a point in time and hands it on as `2026-01-31 00:00:00 +0000 UTC`.
 * Answers that as an ISO date-time, and any other text as it is.
 */
export function asWritten(text: string): string {
  return text.replace(engineDate, "$1T$2$3:$4");
}
