import type { Review } from "../../../../components/permissions/diff/model";
import { count } from "../../output";
import { html, type Markup } from "./markup";
import { type CellState, type Matrix, type MatrixColumn, type MatrixRow, matrixOf } from "./matrix-model";
import { shortList } from "./words";

/** What a cell says of the change, of the state before and of the state after. */
const words: Readonly<Record<CellState, readonly [change: string, before: string, after: string]>> = {
  added: ["+ new", "no", "● yes"],
  removed: ["− gone", "● yes", "no"],
  kept: ["● kept", "● yes", "● yes"],
  never: ["", "no", "no"],
};

/** Permission × connector. Three views of one table: the change, before, after. */
export function matrixSection(review: Review): Markup | undefined {
  const matrix = matrixOf(review);
  if (matrix.rows.length === 0) return undefined;
  return html`<section aria-labelledby="matrix"><h2 id="matrix">Permissions by connector</h2>
<div class="tools" role="group" aria-label="View of the matrix">
<fieldset><legend>Show</legend>
${radio("change", "the change", true)}${radio("before", "before", false)}${radio("after", "after", false)}
</fieldset>
<label><input type="checkbox" id="unchanged"> permissions that stay everywhere</label>
</div>
<div class="scroll" role="region" aria-label="Matrix" tabindex="0">
${table(matrix)}
</div>
${leftOut(matrix)}</section>`;
}

function radio(value: string, label: string, checked: boolean): Markup {
  const state = checked ? html` checked` : undefined;
  return html`<label><input type="radio" name="view" value="${value}"${state}> ${label}</label>`;
}

function leftOut(matrix: Matrix): Markup | undefined {
  if (matrix.leftOut === 0) return undefined;
  return html`<p>${count(matrix.leftOut, "more group", "more groups")} of connectors that gain less ${matrix.leftOut === 1 ? "is" : "are"} in the table below only.</p>`;
}

function table({ columns, rows }: Matrix): Markup {
  return html`<table class="matrix view-change" id="matrix-table">
<thead><tr><th scope="col">Permission</th>${columns.map(columnHead)}</tr></thead>
<tbody>${rows.map(row)}</tbody></table>`;
}

function columnHead({ who, places }: MatrixColumn): Markup {
  return html`<th scope="col">${who}<small>${shortList(places, 2)}</small></th>`;
}

function row({ name, family, tier, cells, changed }: MatrixRow): Markup {
  const kind = changed ? "" : "same";
  return html`<tr class="${kind}"><th scope="row"><span class="tier ${tier}">${tier}</span> ${name}<small>${family}</small></th>${cells.map((state) => cell(state, tier))}</tr>
`;
}

function cell(state: CellState, tier: string): Markup {
  const [change, before, after] = words[state];
  return html`<td class="${state} ${tier}"><span class="change">${change}</span><span class="before">${before}</span><span class="after">${after}</span></td>`;
}
