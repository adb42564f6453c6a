/** An audit as Markdown, for a ticket or a wiki. */
import type { AuditReport } from "../../../components/permissions/audit";
import type { Finding } from "../../../components/permissions/audit/finding";
import { measureText, verdictText } from "./summary";
import { type FactTable, factTables, otherFacts } from "./tables";

const marks = { high: "🔴 high", medium: "🟠 medium", low: "⚪ low" } as const;

export function auditMarkdown(report: AuditReport): string {
  const { displayName, clientId, tenantId } = report.registration;
  return [
    `### Permission audit of ${escaped(displayName)}`,
    "",
    `**${escaped(verdictText(report))}** Client id \`${clientId}\`, tenant \`${tenantId}\`, ${measureText(report)}, ${report.at.slice(0, 10)}.`,
    ...(report.findings.length === 0
      ? []
      : ["", ...table(["", "Finding", "Why it matters", "What to do"], report.findings.map(findingRow))]),
    ...factTables(report).flatMap(factLines),
    "",
    ...otherFacts(report.registration).map((fact) => `- ${escaped(fact)}`),
  ].join("\n");
}

function findingRow({ severity, title, why, fix }: Finding): readonly string[] {
  return [marks[severity], title, why, fix];
}

function factLines({ title, head, rows, empty }: FactTable): readonly string[] {
  return ["", `#### ${title}`, "", ...(rows.length === 0 ? [empty] : table(head, rows))];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)];
}

/** Names are other people's: none may end a cell, make a link, mention somebody or become HTML. */
function escaped(text: string): string {
  return text.replace(/[\\|<>[\]*_`~]/g, "\\$&").replaceAll("@", "@\u200b");
}
