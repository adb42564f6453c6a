/** A report as Markdown, for a ticket: what is wrong and what to do, no rows of events. */
import type { Assessment, MetricResult, MetricTrend, Severity } from "../../../components/state";
import { count } from "../output";
import { escaped } from "../review/markdown-text";
import { endsSoon, hasEnded } from "./credentials";
import { evidenceName, sourceNames, tenantName } from "./html/words";
import type { EventSummary, Report, Trend } from "./model";
import { isOld } from "./verdict";

const severities: readonly Severity[] = ["high", "medium", "low"];
const namesShown = 5;

export function reportMarkdown(report: Report): string {
  const { verdict, stack, generatedAt, period } = report;
  const parts = [
    `# ${safe(verdict.sentence)}`,
    `Stack ${safe(stack)}, ${generatedAt.slice(0, 16).replace("T", " ")} UTC.`,
    verdict.numbers.map(({ value, label }) => `- **${value}** ${safe(label)}`).join("\n"),
    ...report.assessments.flatMap((assessment, index) => risks(assessment, report.trends[index] ?? null)),
    ...renewals(report),
    `## Events of the last ${count(period.days, "day")}`,
    [
      eventLine("Sign-ins", report.logons),
      eventLine("Changes in the directory", report.activity),
      eventLine("Mailboxes used by others than their owners", report.mailboxAccess),
      eventLine("Exchange activity", report.exchange),
    ].join("\n"),
    ...collection(report),
    ...report.notes.map(safe),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function risks(assessment: Assessment, trend: Trend | null): readonly string[] {
  const found = severities.flatMap((severity) =>
    assessment.metrics.filter((metric) => metric.result === "finding" && metric.severity === severity),
  );
  const skipped = assessment.metrics.filter(({ result }) => result === "not-assessed");
  const parts = [
    `## Risks in ${safe(tenantName(assessment))}`,
    `From what ${safe(sourceNames(assessment))} collected.`,
  ];
  parts.push(found.length === 0 ? "None was found." : found.map(risk).join("\n"));
  parts.push(...movement(assessment, trend));
  if (skipped.length > 0) parts.push(`Not assessed: ${skipped.map(({ title }) => safe(title)).join("; ")}.`);
  return parts;
}

/** What appeared and what was resolved since the assessment before. */
function movement({ metrics }: Assessment, trend: Trend | null): readonly string[] {
  if (trend === null) return [];
  const titled = (change: MetricTrend["change"]) =>
    trend.metrics.flatMap((one) => {
      const metric = one.change === change ? metrics.find(({ id }) => id === one.id) : undefined;
      return metric === undefined ? [] : [safe(metric.title)];
    });
  const [fresh, resolved] = [titled("new"), titled("resolved")];
  const parts = [
    ...(fresh.length > 0 ? [`New: ${fresh.join("; ")}.`] : []),
    ...(resolved.length > 0 ? [`Resolved: ${resolved.join("; ")}.`] : []),
  ];
  return parts.length === 0 ? [] : [`Since ${trend.since.slice(0, 10)}: ${parts.join(" ")}`];
}

/** Credentials that somebody must do something about. */
function renewals({ credentials }: Report): readonly string[] {
  const due = (credentials ?? []).filter((one) => hasEnded(one) || endsSoon(one));
  if (due.length === 0) return [];
  const lines = due.map(
    (one) =>
      `- ${safe(one.connector)} · ${safe(one.displayName)}: ${hasEnded(one) ? "ended" : "ends"} ${(one.until ?? "").slice(0, 10)}`,
  );
  return ["## Credentials to renew", lines.join("\n")];
}

function risk({ severity, title, count: number, outOf, evidence, remediation }: MetricResult): string {
  const names = evidence.rows.slice(0, namesShown).map((row) => safe(evidenceName(row)));
  const more = evidence.total > names.length ? ` and ${evidence.total - names.length} more` : "";
  const whom = names.length === 0 ? "" : `: ${names.join(", ")}${more}`;
  const of = outOf === undefined ? "" : ` of ${outOf}`;
  return `- **${severity}** · ${safe(title)} (${number}${of})${whom}\n  ${safe(remediation)}`;
}

function eventLine(title: string, { collected, total, series }: EventSummary): string {
  if (!collected) return `- ${title}: not collected`;
  const parts = series.names.map((name, index) => {
    const sum = series.points.reduce((before, { counts }) => before + (counts[index] ?? 0), 0);
    return `${sum} ${name.toLowerCase()}`;
  });
  return `- ${title}: ${total} (${parts.join(", ")})`;
}

function collection({ streams, gaps, generatedAt }: Report): readonly string[] {
  const troubled = streams.filter((one) => one.state !== "connected" || isOld(one, generatedAt));
  const lines = troubled.map((one) => {
    const old = isOld(one, generatedAt) ? ` Last complete ${(one.lastSuccess ?? "").slice(0, 10)}.` : "";
    const trouble = `${safe(one.problem?.message ?? "")} ${safe(one.problem?.next ?? "")}`.trim();
    return `- ${safe(one.connector)} · ${one.stream}: ${one.state}.${old} ${trouble}`.trimEnd();
  });
  for (const { connector, stream, from, to } of gaps) {
    lines.push(`- ${safe(connector)} · ${stream}: events from ${safe(from)} to ${safe(to)} are missing`);
  }
  return ["## Collection", lines.length === 0 ? "Every stream is complete." : lines.join("\n")];
}

/** Nothing that a tenant names becomes markup, a mention or a link. */
const safe = (text: string): string => escaped(text, 400).replaceAll("://", ":\u2060//");
