/** Risks by severity: what was found, why it matters, what to do, and the evidence. */
import type { Assessment, MetricResult } from "../../../../components/state";
import { count } from "../../output";
import { html, type Markup } from "../../review/html/markup";
import { cleanText } from "../events/clean-text";
import type { PackedTable } from "../events/column-table";
import { evidenceId } from "../evidence";
import type { Report, Trend } from "../model";
import { grid } from "./grid";
import { changes, moved, trendText } from "./trend";
import {
  badge,
  bySeverity,
  evidenceName,
  minute,
  number,
  severityTone,
  severityWord,
  sourceNames,
  tenantName,
} from "./words";

export function risksSection(report: Report, tables: ReadonlyMap<string, PackedTable>): Markup {
  const tenants = report.assessments.map((assessment, index) =>
    tenantRisks(assessment, index, tables, report.trends[index] ?? null),
  );
  const body =
    tenants.length > 0
      ? tenants
      : [
          html`<p>The state of no tenant has been collected. What collects it: the streams users, groups, policies and their like.</p>`,
        ];
  return html`<section aria-labelledby="risks"><h2 id="risks">Risks</h2>${body}</section>`;
}

function tenantRisks(
  assessment: Assessment,
  tenant: number,
  tables: ReadonlyMap<string, PackedTable>,
  trend: Trend | null,
): Markup {
  const { metrics, assessedAt } = assessment;
  const found = metrics.filter(({ result }) => result === "finding").sort(bySeverity);
  const fine = metrics.filter(({ result }) => result === "ok");
  const skipped = metrics.filter(({ result }) => result === "not-assessed");
  return html`<h3>${tenantName(assessment)}</h3>
<p class="muted">Assessed ${minute(assessedAt)} UTC from what ${sourceNames(assessment)} collected.</p>
${trendText(trend, metrics)}
${found.length === 0 ? html`<p>No risk was found.</p>` : html`<ul class="risks">${found.map((metric) => risk(metric, tenant, tables, trend, assessment.sources.length > 1))}</ul>`}
${skipped.length === 0 ? undefined : skippedList(skipped)}
${fine.length === 0 ? undefined : html`<details><summary>${count(fine.length, "metric")} without a finding</summary><ul>${fine.map(({ title, what }) => html`<li><strong>${title}</strong>: ${what}</li>`)}</ul></details>`}`;
}

function risk(
  metric: MetricResult,
  tenant: number,
  tables: ReadonlyMap<string, PackedTable>,
  trend: Trend | null,
  several: boolean,
): Markup {
  const { severity, title, what, why, remediation, count: found, outOf, evidence, reason, fields } = metric;
  const names = evidence.rows.slice(0, 3).map(evidenceName);
  const more = evidence.total > names.length ? ` and ${number(evidence.total - names.length)} more` : "";
  const table = tables.get(evidenceId(tenant, metric));
  return html`<li class="${severityTone[severity]}">
<h4>${badge(severityTone[severity], severityWord[severity])} ${title}: ${number(found)}${outOf === undefined ? undefined : ` of ${number(outOf)}`}${moved(metric, trend)}</h4>
${names.length === 0 ? undefined : html`<p>${names.join(", ")}${more}</p>`}
<p><strong>Why it matters.</strong> ${why}</p>
<p><strong>Fix.</strong> ${remediation}</p>
${reason === undefined ? undefined : html`<p>${reason}</p>`}
${changes(metric, trend)}
<details><summary>Evidence<span class="hidden-text"> of ${title}</span></summary>
<p class="muted">${what} ${thresholdText(metric)} Reads ${fields.join(", ")}.${metric.asOf === undefined ? undefined : ` State of ${minute(metric.asOf)} UTC.`}${several ? ` Collected by ${cleanText(metric.connector)}.` : undefined}</p>
${table === undefined ? undefined : grid(table, " More of them: report --evidence <number>.")}</details></li>`;
}

function thresholdText({ threshold }: MetricResult): string {
  if (threshold.length === 0) return "";
  const parts = threshold.map(
    ({ name, value }) => `${name} = ${Array.isArray(value) ? value.join(", ") : value}`,
  );
  return `Threshold: ${parts.join("; ")}.`;
}

/** Open: what nobody looked at is no good news. */
function skippedList(skipped: readonly MetricResult[]): Markup {
  const byReason = new Map<string, string[]>();
  for (const { title, reason = "No reason is known." } of skipped) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), title]);
  }
  return html`<details open><summary>${count(skipped.length, "metric")} not assessed</summary><ul>${[
    ...byReason,
  ].map(
    ([reason, titles]) => html`<li><strong>${titles.join("; ")}</strong>: ${reason}</li>`,
  )}</ul></details>`;
}
