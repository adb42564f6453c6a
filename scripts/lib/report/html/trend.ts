/** How risks moved since the assessments of earlier days. */
import type { MetricResult, MetricTrend } from "../../../../components/state";
import { html, type Markup } from "../../review/html/markup";
import { cleanText } from "../events/clean-text";
import type { Trend } from "../model";
import { date, evidenceName, minute, number } from "./words";

/** What is new and what is gone since the assessment before. */
export function trendText(trend: Trend | null, metrics: readonly MetricResult[]): Markup | undefined {
  if (trend === null) return undefined;
  const titled = (change: MetricTrend["change"]): string =>
    trend.metrics
      .filter((one) => one.change === change)
      .map(({ id }) => metrics.find((metric) => metric.id === id)?.title ?? id)
      .join(", ");
  const [fresh, resolved] = [titled("new"), titled("resolved")];
  const parts = [
    ...(fresh === "" ? [] : [`New: ${fresh}.`]),
    ...(resolved === "" ? [] : [`Resolved: ${resolved}.`]),
  ];
  if (parts.length === 0) parts.push("No risk appeared or was resolved.");
  return html`<p>Since ${minute(trend.since)} UTC: ${parts.join(" ")}</p>
${history(trend)}`;
}

const shownDays = 30;
const [step, height] = [14, 40];

/** Risks found by day as bars; the numbers stand below for who can't see them, and on paper. */
function history({ history: all }: Trend): Markup {
  const days = all.slice(-shownDays);
  const most = Math.max(1, ...days.map(({ findings }) => findings));
  const width = days.length * step;
  const bars = days.map(({ findings }, index) => {
    const tall = Math.max(1, (findings / most) * height);
    return html`<rect class="low" x="${index * step}" y="${(height - tall).toFixed(1)}" width="${step - 4}" height="${tall.toFixed(1)}" rx="1"/>`;
  });
  const numbers = days.map(({ findings }) => findings).join(", ");
  const [first, last] = [days.at(0)?.at ?? "", days.at(-1)?.at ?? ""].map(date);
  return html`<figure class="history"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${bars}</svg>
<figcaption>Risks found, a number for each day with a report from ${first} to ${last}: ${numbers}</figcaption></figure>`;
}

const namesOfChange = 5;

/** Who is new and who is gone since the assessment before. */
export function changes({ id }: MetricResult, trend: Trend | null): Markup | undefined {
  const one = trend?.metrics.find((metric) => metric.id === id);
  if (trend === null || one === undefined || one.change === "new") return undefined;
  const listed = (names: readonly string[]) => {
    const more = names.length > namesOfChange ? ` and ${number(names.length - namesOfChange)} more` : "";
    return `${names.slice(0, namesOfChange).join(", ")}${more}`;
  };
  const parts = [
    ...(one.added.length === 0
      ? []
      : [`New since ${date(trend.since)}: ${listed(one.added.map(evidenceName))}.`]),
    ...(one.gone.length === 0 ? [] : [`Gone: ${listed(one.gone.map(({ name }) => cleanText(name)))}.`]),
  ];
  return parts.length === 0 ? undefined : html`<p>${parts.join(" ")}</p>`;
}

/** `, 3 more than before`. */
export function moved({ id }: MetricResult, trend: Trend | null): string {
  const one = trend?.metrics.find((metric) => metric.id === id);
  if (one === undefined || one.change === "unknown" || one.change === "same") return "";
  if (one.change === "new") return ", new";
  return `, ${number(Math.abs(one.difference))} ${one.difference > 0 ? "more" : "fewer"} than before`;
}
