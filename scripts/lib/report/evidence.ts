/** The evidence of findings as tables of the page. */
import type { Assessment, MetricResult } from "../../../components/state";
import { cleanText } from "./events/clean-text";
import { ColumnTable, type PackedTable } from "./events/column-table";

/** Id of a metric's table in the page: tenants are counted, for their names may be anything. */
export const evidenceId = (tenant: number, { id }: MetricResult): string => `evidence-${tenant}-${id}`;

/** One a metric that found something. */
export function evidenceTables(assessments: readonly Assessment[]): readonly PackedTable[] {
  return assessments.flatMap(({ metrics }, tenant) =>
    metrics.filter(({ evidence }) => evidence.rows.length > 0).map((metric) => tableOf(metric, tenant)),
  );
}

/** `2026-01-31 09:14` and yes or no: for people. */
function cellOf(value: string | number | boolean | null | undefined): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = cleanText(String(value ?? ""));
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? text.slice(0, 16).replace("T", " ") : text;
}

function tableOf(metric: MetricResult, tenant: number): PackedTable {
  const { rows, total } = metric.evidence;
  const details = Object.keys(rows[0]?.details ?? {});
  const titles = ["Name", ...details, "Type", "Id"];
  const table = new ColumnTable(
    titles.map((title) => ({ title: cleanText(title), kind: "text" })),
    rows.length,
  );
  for (const row of rows) {
    const values = details.map((name) => cellOf(row.details[name]));
    table.add([cleanText(row.name), ...values, row.type, cleanText(row.id)]);
  }
  return { ...table.pack(evidenceId(tenant, metric), `Evidence: ${metric.title}`), total };
}
