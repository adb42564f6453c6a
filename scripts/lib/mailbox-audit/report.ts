/** What the commands answer, in plain values: printed as JSON, or as the text below. */
import { count, table } from "../output";
import type { ChangeResult } from "./apply";
import type { Auditing } from "./auditing";
import { changesOf, type Finding, type PlannedChange } from "./plan";

/** What `mailbox-audit check` found. */
export interface CheckReport {
  /** Display name of the registration that looked. */
  readonly registration: string;
  readonly onByDefault: boolean;
  readonly unifiedAuditLog: boolean;
  readonly mailboxes: number;
  readonly bypasses: number;
  /** What the non-owner report lacks something for, and what only stands out. */
  readonly findings: readonly Finding[];
}

/** What `mailbox-audit prepare` did. */
export interface PrepareReport extends CheckReport {
  readonly changes: readonly ChangeResult[];
}

/** What the exit code says; named in the help of the commands. */
export const exitCodes = { ready: 0, notReady: 2 } as const;

export function checkReport(
  registration: string,
  auditing: Auditing,
  findings: readonly Finding[],
): CheckReport {
  const { onByDefault, unifiedAuditLog, mailboxes, bypasses } = auditing;
  return { registration, onByDefault, unifiedAuditLog, mailboxes, bypasses: bypasses.length, findings };
}

/** Rows of a table that a person still reads; `--json` has all. */
const mostRows = 50;

export function checkText(report: CheckReport): string {
  const changes = changesOf(report.findings);
  const next =
    changes.length === 0
      ? []
      : ["", `${count(changes.length, "change")} would mend it: npm run -s cli -- mailbox-audit prepare`];
  return [...stateLines(report), ...findingLines(report.findings), ...next, "", reminder(report)].join("\n");
}

/** The plan, as it is shown before the question. */
export function planText(report: CheckReport, changes: readonly PlannedChange[]): string {
  return [
    ...stateLines(report),
    ...findingLines(report.findings),
    "",
    ...rows(["Where", "Will be changed"], changes, ({ where, does }) => [where, does]),
    "",
  ].join("\n");
}

export function prepareText(report: PrepareReport): string {
  const { changes } = report;
  if (changes.length === 0) {
    return [
      ...stateLines(report),
      ...findingLines(report.findings),
      "",
      "Nothing to change.",
      reminder(report),
    ].join("\n");
  }
  const failed = changes.filter(({ result }) => result === "failed");
  return [
    ...rows(["Where", "Change", "Result"], changes, ({ where, does, result, reason }) => [
      where,
      does,
      reason === undefined ? result : `${result}: ${reason}`,
    ]),
    "",
    failed.length === 0
      ? `${count(changes.length, "change")} made. The first events may take a day to arrive.`
      : `${changes.length - failed.length} of ${count(changes.length, "change")} made, ${failed.length} failed.`,
    reminder(report),
  ].join("\n");
}

function stateLines({ onByDefault, unifiedAuditLog, mailboxes, bypasses }: CheckReport): string[] {
  return [
    table(
      ["Mailbox auditing", "State"],
      [
        ["on by default", onByDefault ? "on" : "OFF"],
        ["unified audit log", unifiedAuditLog ? "takes events in" : "OFF: takes no events in"],
        ["user and shared mailboxes", mailboxes.toLocaleString("en-US")],
        ["accounts that bypass auditing", String(bypasses)],
      ],
    ),
  ];
}

function findingLines(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return ["", "Access by others than the owner is reported for every mailbox."];
  return [
    "",
    ...rows(["Where", "Setting", "For the non-owner report"], findings, ({ where, setting, means }) => [
      where,
      setting,
      means,
    ]),
  ];
}

function rows<T>(head: readonly string[], items: readonly T[], row: (item: T) => string[]): string[] {
  const more = items.length - mostRows;
  return [
    table(head, items.slice(0, mostRows).map(row)),
    ...(more > 0 ? [`… and ${more} more: --json lists all.`] : []),
  ];
}

function reminder({ registration }: CheckReport): string {
  return `"${registration}" administers Exchange: when auditing is set up, set prepareMailboxAuditing: false and deploy.`;
}
