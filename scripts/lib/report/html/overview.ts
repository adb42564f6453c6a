/** The first screen. */
import { html, type Markup } from "../../review/html/markup";
import type { Report, VerdictNumber } from "../model";
import { findings } from "../verdict";
import { severityTone, severityWord } from "./words";

export function overview(report: Report): Markup {
  const { tone, sentence, numbers } = report.verdict;
  return html`<section aria-labelledby="verdict" class="verdict ${tone}">
<h2 id="verdict">${sentence}</h2>
<dl class="numbers">${numbers.map(numberTile)}</dl>
${severityBar(report)}
${report.notes.map((note) => html`<p>${note}</p>`)}
</section>`;
}

function numberTile({ value, label, tone }: VerdictNumber): Markup {
  return html`<div class="number ${tone}"><dt>${label}</dt><dd>${value}</dd></div>`;
}

const width = 600;

/** Metrics by what came out, as one bar; its numbers stand below it as text. */
function severityBar(report: Report): Markup | undefined {
  const all = report.assessments.flatMap(({ metrics }) => metrics);
  if (all.length === 0) return undefined;
  const found = findings(report);
  const parts = [
    ...(["high", "medium", "low"] as const).map((severity) => ({
      name: `${severityWord[severity]} risk`,
      tone: severityTone[severity] === "plain" ? "low" : severityTone[severity],
      count: found.filter((metric) => metric.severity === severity).length,
    })),
    { name: "Nothing found", tone: "relief", count: all.filter(({ result }) => result === "ok").length },
    {
      name: "Not assessed",
      tone: "none",
      count: all.filter(({ result }) => result === "not-assessed").length,
    },
  ].filter(({ count }) => count > 0);
  let left = 0;
  const bars = parts.map(({ tone, count }) => {
    const x = left;
    left += (count / all.length) * width;
    return html`<rect class="${tone}" x="${x.toFixed(1)}" y="0" width="${Math.max(1, left - x - 2).toFixed(1)}" height="16" rx="2"/>`;
  });
  return html`<figure class="severity"><svg viewBox="0 0 ${width} 16" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
<figcaption><ul class="legend">${parts.map(({ name, tone, count }) => html`<li><span class="swatch ${tone}"></span>${name}: <strong>${count}</strong></li>`)}</ul></figcaption></figure>`;
}
