/** A long table: an empty frame in the page, its rows packed; the script shows a page of them at a time. */
import { html, type Markup } from "../../review/html/markup";
import type { PackedTable } from "../events/column-table";
import { number } from "./words";

/**
 * Where the rows of a table appear.
 * @param more How to have more of them, where some are left out
 */
export function grid({ id, label, rows, total }: PackedTable, more = ""): Markup {
  const left =
    total > rows ? html`<p>The table holds ${number(rows)} of ${number(total)}.${more}</p>` : undefined;
  return html`${left}<div class="grid" data-grid="${id}" data-label="${label}"><p class="waiting">${number(rows)} rows; the script of this page shows them.</p></div>`;
}

/** What the script reads. No browser takes it for a script: its type is none. */
export function gridData({ id, data }: PackedTable): Markup {
  return html`<script type="application/octet-stream" id="data-${id}">${data}</script>
`;
}
