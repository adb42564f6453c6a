/** What the command says on the terminal: the verdict, and where the page is. */
import { table } from "../output";
import { cleanText } from "./events/clean-text";
import type { Report } from "./model";

const rank = { high: 0, medium: 1, low: 2 } as const;

export function reportText(report: Report, path: string): string {
  const found = report.assessments
    .flatMap(({ metrics }) => metrics)
    .filter(({ result }) => result === "finding")
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
  const rows = found.map(({ severity, title, count, outOf }) => [
    severity,
    cleanText(title),
    outOf === undefined ? String(count) : `${count} of ${outOf}`,
  ]);
  const parts = [report.verdict.sentence];
  if (rows.length > 0) parts.push(table(["Severity", "Risk", "Found"], rows));
  parts.push(...report.notes, `Report: ${path}`);
  return parts.join("\n\n");
}
