/** An audit for the terminal: what is wrong first, then what there is. */
import type { AuditReport } from "../../../components/permissions/audit";
import type { Finding } from "../../../components/permissions/audit/finding";
import { paintTier } from "../explain/words";
import { paragraph, wrappedTable } from "../layout";
import { palette } from "../terminal";
import { measureText, verdictText } from "./summary";
import { type FactTable, factTables, otherFacts } from "./tables";

export function auditText(report: AuditReport): string {
  const { bold, dim } = palette();
  const { displayName, clientId, tenantId, registration } = report.registration;
  const since = registration?.createdDateTime;
  return [
    bold(displayName),
    dim(
      paragraph(
        `client id ${clientId}, tenant ${tenantId}${since === undefined ? "" : `, made ${since.slice(0, 10)}`}`,
      ),
    ),
    dim(measureText(report)),
    "",
    bold(verdictText(report)),
    ...report.findings.flatMap(findingText),
    ...factTables(report).flatMap(tableText),
    "",
    ...otherFacts(report.registration).map((fact) => paragraph(fact)),
  ].join("\n");
}

function findingText({ severity, title, why, fix }: Finding): readonly string[] {
  const colours = palette();
  const paint = { high: colours.red, medium: colours.yellow, low: colours.dim }[severity];
  const [first = "", ...rest] = paragraph(`${severity.toUpperCase()}  ${title}`, "  ").split("\n");
  return [
    "",
    first.replace(severity.toUpperCase(), paint(severity.toUpperCase())),
    ...rest,
    paragraph(why, "    "),
    paragraph(`→ ${fix}`, "    "),
  ];
}

function tableText({ title, head, rows, empty }: FactTable): readonly string[] {
  const heading = ["", palette().bold(title)];
  if (rows.length === 0) return [...heading, `  ${empty}`];
  const columns = head.map((one, index) => ({
    title: one,
    ...(one === "Tier" ? { paint: paintTier } : {}),
    // The first and the last column hold what other people named.
    ...(index === 0 || index === head.length - 1 || one === "Name" ? { share: 1 } : {}),
  }));
  return [...heading, wrappedTable(columns, rows, "  ")];
}
