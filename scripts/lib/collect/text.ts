/** A collection's report for a person: the table, then what is wrong and what to do about it. */
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { formatDuration } from "../duration";
import { table } from "../output";
import { palette } from "../terminal";
import { type CollectReport, hasEnded } from "./report";
import { kindWord, number, stateWord } from "./words";

export function collectText(report: CollectReport): string {
  const parts = [
    streamTable(report.streams),
    ...problemTexts(report.streams),
    ...report.leftOut.map(leftOutText),
  ];
  const unfinished = report.streams.filter((status) => !hasEnded(status)).length;
  if (unfinished > 0) parts.push(goOnText(report, unfinished));
  else parts.push(`${report.where === "this machine" ? "Written to" : "Collected by"} ${report.place}`);
  return parts.join("\n\n");
}

/** One line a stream. */
export function streamTable(streams: readonly StreamStatus[]): string {
  const rows = streams.map((status) => [
    status.connector,
    status.stream,
    stateWord(status.state),
    ...runCells(status),
    lastSuccess(status),
  ]);
  const head = [
    "Connector",
    "Stream",
    "State",
    "Run",
    "Records",
    "Deleted",
    "Requests",
    "Time",
    "Complete at",
  ];
  return table(head, rows);
}

function runCells({ run }: StreamStatus): string[] {
  if (run === undefined) return ["–", "–", "–", "–", "–"];
  return [
    kindWord(run.kind),
    number(run.records),
    number(run.tombstones),
    number(run.requests) + (run.throttled > 0 ? ` (${number(run.throttled)} throttled)` : ""),
    formatDuration(run.milliseconds),
  ];
}

function lastSuccess({ lastSuccess: instant }: StreamStatus): string {
  return instant === undefined ? "never" : `${instant.slice(0, 10)} ${instant.slice(11, 19)}Z`;
}

/** What is wrong, streams with the same problem together. */
export function problemTexts(streams: readonly StreamStatus[]): string[] {
  const colours = palette();
  const groups = new Map<string, StreamStatus[]>();
  for (const status of streams) {
    const { problem } = status;
    if (problem === undefined) continue;
    const key = JSON.stringify([status.connector, problem.code, problem.permission, problem.next]);
    groups.set(key, [...(groups.get(key) ?? []), status]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first?.problem === undefined) return [];
    const { message, next, permission, requestId } = first.problem;
    const names = group.map(({ stream }) => stream).join(", ");
    const alike = group.every(({ problem }) => problem?.message === message) ? "" : " (and the like)";
    const missing =
      permission === undefined || message.includes(permission) ? "" : ` It needs ${permission}.`;
    const lines = [colours.bold(`${first.connector} · ${names}: ${message}${alike}${missing}`), `  ${next}`];
    return [
      [...lines, ...(requestId === undefined ? [] : [colours.dim(`  Request id: ${requestId}`)])].join("\n"),
    ];
  });
}

function leftOutText({ connector, reason }: { readonly connector: string; readonly reason: string }): string {
  return `${connector} was left out: ${reason}`;
}

function goOnText({ where, streams }: CollectReport, unfinished: number): string {
  const names = `${unfinished} of ${streams.length} streams`;
  return where === "this machine"
    ? `${names} are not complete. What was read is kept: run the same command again, and it goes on from there.`
    : `${names} are not complete yet; the function app goes on. Look again: npm run -s cli -- collect status --deployed`;
}
