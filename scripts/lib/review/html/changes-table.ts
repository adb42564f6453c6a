/** Every change with its evidence, why it matters and what would need less: searchable, sortable, exportable. */
import type { EndpointUse, Review, ReviewLine } from "../../../../components/permissions/diff/model";
import { count } from "../../output";
import { stacksOf } from "../wording";
import { html, type Markup, withCode } from "./markup";
import { dangerBadge, dangerOf, dangerRank, kindWords, stackList } from "./words";

const headings = [
  "Danger",
  "Permission",
  "What it allows",
  "Change",
  "Who",
  "Tier",
  "Because",
  "Stacks",
] as const;

export function changesSection({ lines }: Review): Markup | undefined {
  if (lines.length === 0) return undefined;
  return html`<section aria-labelledby="changes"><h2 id="changes">Every change</h2>
<div class="tools"><label for="search">Search</label> <input type="search" id="search" autocomplete="off">
<button type="button" id="export">Export as CSV</button>
<span id="shown" role="status">${count(lines.length, "change")}</span></div>
<div class="scroll" role="region" aria-label="Table of changes" tabindex="0">
<table class="changes" id="changes-table"><thead><tr>${headings.map(heading)}</tr></thead>
<tbody>
${lines.map(row)}</tbody></table></div></section>`;
}

function heading(title: string): Markup {
  return html`<th scope="col" aria-sort="none"><button type="button">${title}</button></th>`;
}

function row(line: ReviewLine): Markup {
  const danger = dangerOf(line);
  const { kind, who, name, family, allows, tier, because, places } = line;
  const stacks = stacksOf(places);
  return html`<tr>
<td data-sort="${dangerRank(danger)}">${dangerBadge(danger)}</td>
<th scope="row" data-csv="${name} (${family})">${name}<small>${family}</small>${details(line)}</th>
<td>${allows}</td>
<td>${kindWords[kind]}</td>
<td>${who}</td>
<td>${tier === undefined ? undefined : html`<span class="tier ${tier}">${tier}</span>`}</td>
<td data-csv="${[...because, ...became(line)].join("; ")}">${paragraphs([...because, ...became(line)])}</td>
<td data-sort="${stacks.length}" data-csv="${stacks.join("; ")}">${stackList(places)}</td>
</tr>
`;
}

function paragraphs(texts: readonly string[]): readonly Markup[] {
  return texts.map((text) => html`<p>${withCode(text)}</p>`);
}

function became({ before, after }: ReviewLine): readonly string[] {
  if (before === undefined && after === undefined) return [];
  return [`Before: ${before ?? "nothing"}`, `After: ${after ?? "nothing"}`];
}

/** Why it matters, what needs it call by call, and what would need less. */
function details({ tierReason, endpoints, alternatives }: ReviewLine): Markup | undefined {
  if (tierReason === undefined && endpoints.length === 0 && alternatives.length === 0) return undefined;
  const narrower = alternatives.map(
    ({ setting, effect }) => html`<p>Narrower: ${withCode(setting)} drops it: ${withCode(effect)}.</p>`,
  );
  return html`<details><summary>Why, and what would need less</summary>${tierReason === undefined ? undefined : html`<p>${tierReason}</p>`}${endpoints.map(endpoint)}${narrower}</details>`;
}

function endpoint({ capability, reason, calls }: EndpointUse): Markup {
  return html`<p>${capability}: ${reason}</p><ul>${calls.map((call) => html`<li><code>${call}</code></li>`)}</ul>`;
}
