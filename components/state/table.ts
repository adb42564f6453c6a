/** The table of metrics in README.md, made of the metrics. */
import { type MetricReference, metricReference } from "./reference";

const start = "<!-- metrics: made by generate.ts -->";
const end = "<!-- /metrics -->";

/** The text with its table made anew. */
export function withMetricTable(readme: string): string {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no place for the table: ${start} … ${end}`);
  return `${readme.slice(0, from + start.length)}\n\n${metricTable()}\n\n${readme.slice(to)}`;
}

const origins = { "netwrix-1secure": "1Secure", "entra-connectors": "ours" } as const;

function metricTable(): string {
  const metrics = metricReference();
  return [
    "| Metric | Severity | From | What is found | Reads | Threshold |",
    "| --- | --- | --- | --- | --- | --- |",
    ...metrics.map(row),
    "",
    `${metrics.length} metrics.`,
  ].join("\n");
}

function row(metric: MetricReference): string {
  const thresholds = metric.thresholds.map(
    (threshold) => `\`${threshold.name}\`: ${threshold.description} Default \`${threshold.default}\`.`,
  );
  const cells = [
    `[${metric.title}](metrics/${metric.id}.ts)`,
    metric.severity,
    origins[metric.origin],
    metric.what,
    metric.fields.map((field) => `\`${field}\``).join(", "),
    thresholds.join("<br>"),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
