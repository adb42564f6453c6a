/** The questions that the collector's alert rules ask of the log workspace, in the Kusto query language. */

/** One stream of one connector. */
export interface WatchedStream {
  readonly connector: string;
  readonly stream: string;
}

/** One credential with its end. */
export interface WatchedCredential {
  readonly connector: string;
  readonly credential: string;
  /** ISO date-time. */
  readonly endDate: string;
}

/** Streams that had no complete run for so many hours. */
export function withoutSuccessQuery(streams: readonly WatchedStream[], hours: number): string {
  const rows = streams.map(({ connector, stream }) => `${text(connector)}, ${text(stream)}`);
  return `let served = datatable(Connector: string, Stream: string) [${rows.join(", ")}];
let complete = AppMetrics
  | where TimeGenerated > ago(${hours}h) and Name == "collector.runs"
  | extend Connector = tostring(Properties.connector), Stream = tostring(Properties.stream), State = tostring(Properties.state)
  | where State in ("connected", "degraded")
  | distinct Connector, Stream;
served | join kind=leftanti complete on Connector, Stream`;
}

/** Streams whose last run ended because the service throttled it. */
export function throttledQuery(): string {
  return `AppMetrics
| where Name == "collector.runs" and tostring(Properties.problem) == "throttled"
| extend Connector = tostring(Properties.connector), Stream = tostring(Properties.stream)
| summarize Runs = sum(Sum) by Connector, Stream`;
}

/**
 * Credentials that end within so many days. The dates are those of the last deployment, so a rotation that nobody deployed
 * is exactly what this finds.
 */
export function expiringQuery(credentials: readonly WatchedCredential[], days: number): string {
  const rows = credentials.map(
    ({ connector, credential, endDate }) =>
      `${text(connector)}, ${text(credential)}, datetime(${new Date(endDate).toISOString()})`,
  );
  return `datatable(Connector: string, Credential: string, Ends: datetime) [${rows.join(", ")}]
| where Ends < now() + ${days}d`;
}

function text(value: string): string {
  return JSON.stringify(value);
}
