import type { Note, Review } from "../../../../components/permissions/diff/model";
import { html, type Markup, withCode } from "./markup";
import { shortList } from "./words";

/** What did not change and is worth knowing. */
export function notesSection({ notes }: Review): Markup | undefined {
  if (notes.length === 0) return undefined;
  return html`<section aria-labelledby="notes"><h2 id="notes">Worth knowing beside the permissions</h2>
<ul>${notes.map(item)}</ul></section>`;
}

function item({ text, places }: Note): Markup {
  const where = places.length === 0 ? undefined : html` <small>${shortList(places)}</small>`;
  return html`<li>${withCode(text)}${where}</li>`;
}

/** Which states and files the page is about. */
export function provenance({ base, head, files }: Review): Markup {
  const commit = head.commit === null ? "not committed" : head.commit.slice(0, 12);
  return html`<footer><p>From <code>${base.ref}</code> (${base.commit.slice(0, 12)}) to <code>${head.ref}</code> (${commit}).</p>
${
  files.length === 0
    ? undefined
    : html`<details><summary>Lock files</summary><ul>${files.map((file) => html`<li><code>${file}</code></li>`)}</ul></details>`
}</footer>`;
}
