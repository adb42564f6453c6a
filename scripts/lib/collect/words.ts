/** How a stream's state is said, in one line or one cell. */
import type { StreamState, StreamStatus } from "../../../components/collector/function/model/status";
import { formatDuration } from "../duration";
import { palette } from "../terminal";

const stateWords: Readonly<Record<StreamState, string>> = {
  queued: "Queued",
  syncing: "Syncing",
  interrupted: "Interrupted",
  connected: "Connected",
  degraded: "Degraded",
  error: "Error",
};

/** A state in its colour. */
export function stateWord(state: StreamState, stream: NodeJS.WriteStream = process.stdout): string {
  const colours = palette(stream);
  const paint = {
    queued: colours.dim,
    syncing: colours.cyan,
    interrupted: colours.yellow,
    connected: colours.green,
    degraded: colours.yellow,
    error: colours.red,
  }[state];
  return paint(stateWords[state]);
}

/** `12,345`. */
export function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** `1,234 records · 12 requests · 3.2 s`, and what is out of the ordinary. */
export function runText({ run }: StreamStatus): string {
  if (run === undefined) return "";
  const parts = [
    plural(run.records, "record"),
    plural(run.requests, "request"),
    formatDuration(run.milliseconds),
  ];
  if (run.throttled > 0) parts.push(`${number(run.throttled)} throttled`);
  if (run.resumed > 0) parts.push(`resumed ${run.resumed === 1 ? "once" : `${run.resumed} times`}`);
  return parts.join(" · ");
}

/** What kind of run it was, as a person says it. */
export function kindWord(kind: "full" | "increment" | "resync"): string {
  return { full: "first sync", increment: "increment", resync: "resync" }[kind];
}

function plural(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
}
