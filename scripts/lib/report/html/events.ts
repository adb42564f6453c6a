/** Sign-ins, changes and mailbox access: a picture over time, what is commonest, and the events. */
import type { StreamName } from "../../../../components/collector/function/model/stream-names";
import { count } from "../../output";
import { html, type Markup } from "../../review/html/markup";
import { cleanText } from "../events/clean-text";
import type { PackedTable } from "../events/column-table";
import type { EventSummary, Report, Series, Top } from "../model";
import { grid } from "./grid";
import { badge, date, minute, number } from "./words";

interface Part {
  readonly id: string;
  readonly title: string;
  readonly noun: string;
  readonly summary: EventSummary;
  readonly table: string;
  readonly stream: StreamName;
}

export function eventSections(report: Report, tables: ReadonlyMap<string, PackedTable>): readonly Markup[] {
  const parts: readonly Part[] = [
    {
      id: "logons",
      title: "Logons",
      noun: "sign-in",
      summary: report.logons,
      table: "logons-table",
      stream: "sign-ins",
    },
    {
      id: "mailboxes",
      title: "Mailboxes used by others than their owners",
      noun: "access",
      summary: report.mailboxAccess,
      table: "mailbox-access-table",
      stream: "exchange-activity",
    },
    {
      id: "activity",
      title: "Changes in the directory",
      noun: "change",
      summary: report.activity,
      table: "activity-table",
      stream: "directory-audits",
    },
    {
      id: "exchange",
      title: "Exchange activity",
      noun: "event",
      summary: report.exchange,
      table: "exchange-table",
      stream: "exchange-activity",
    },
  ];
  return parts.map((part) => section(part, report, tables.get(part.table)));
}

function section(part: Part, report: Report, table: PackedTable | undefined): Markup {
  const { id, title, noun, summary } = part;
  const { days } = report.period;
  const head = html`<h2 id="${id}">${title}</h2>${holes(part, report)}`;
  if (!summary.collected) {
    return html`<section aria-labelledby="${id}">${head}<p>Not collected.</p></section>`;
  }
  const { total, series, top } = summary;
  const sums = series.names.map((name, index) => `${number(sumOf(series, index))} ${name.toLowerCase()}`);
  const nouns = noun === "access" ? "accesses" : `${noun}s`;
  const sentence = `${number(total)} ${total === 1 ? noun : nouns} in ${count(days, "day")}: ${sums.join(", ")}.`;
  if (total === 0 || table === undefined) {
    return html`<section aria-labelledby="${id}">${head}<p>No ${noun} of the last ${count(days, "day")} was collected.</p></section>`;
  }
  return html`<section aria-labelledby="${id}">${head}<p>${sentence}</p>
${chart(id, title, series)}
<div class="tops">${top.filter(({ rows }) => rows.length > 0).map(topList)}</div>
${grid(table)}</section>`;
}

/** A picture with holes looks like a quiet day: what is missing, and why, stands above it. */
function holes({ stream, summary }: Part, { streams, gaps }: Report): readonly Markup[] {
  const troubles = streams.flatMap((one) =>
    one.stream === stream && one.problem !== undefined && one.problem.code !== "gap"
      ? [`${cleanText(one.connector)}: ${one.problem.message} ${one.problem.next}`]
      : [],
  );
  const missing = gaps
    .filter((gap) => summary.collected && gap.stream === stream)
    .map(({ from, to }) => `${minute(from)} to ${minute(to)} UTC`);
  const shown = missing.slice(0, 3).join("; ");
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : "";
  return [
    ...troubles.map((text) => html`<p class="hole">${badge("caution", "Incomplete")} ${text}</p>`),
    ...(missing.length === 0
      ? []
      : [
          html`<p class="hole">${badge("caution", "Incomplete")} Events are missing: ${shown}${more}. See <a href="#collection">Collection</a>.</p>`,
        ]),
  ];
}

/** The picture is drawn by the script; the same numbers are a table for who can't see it. */
function chart(id: string, title: string, series: Series): Markup {
  const when = series.unit === "hour" ? minute : date;
  const rows = series.points.map(
    ({
      at,
      counts,
    }) => html`<tr><th scope="row">${when(at)}</th>${counts.map((value) => html`<td>${number(value)}</td>`)}</tr>
`,
  );
  return html`<figure><div class="chart" data-chart="${id}-numbers" role="img" aria-label="${title} by ${series.unit}; the table below has the numbers"></div>
<figcaption><details><summary>Numbers by ${series.unit}<span class="hidden-text">: ${title}</span></summary>
<div class="scroll short" role="region" aria-label="${title} by ${series.unit}" tabindex="0"><table id="${id}-numbers" data-unit="${series.unit}"><thead><tr><th scope="col">${series.unit === "hour" ? "Hour" : "Day"} (UTC)</th>${series.names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>
${rows}</tbody></table></div></details></figcaption></figure>`;
}

function topList({ title, rows }: Top): Markup {
  return html`<div><h3>${title}</h3><ol>${rows.slice(0, 5).map(({ name, count: times }) => html`<li>${name}: <strong>${number(times)}</strong></li>`)}</ol></div>`;
}

const sumOf = ({ points }: Series, index: number): number =>
  points.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0);
