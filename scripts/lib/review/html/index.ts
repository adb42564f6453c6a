/**
 * A review as one HTML file: nothing is loaded from anywhere, it prints, it works in light and dark, by keyboard and
 * with a screen reader, and shows everything but search and sorting without its script.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Review } from "../../../../components/permissions/diff/model";
import { changesSection } from "./changes-table";
import { html, type Markup, trusted } from "./markup";
import { matrixSection } from "./matrix";
import { notesSection, provenance } from "./notes";
import { headlineList, verdict, verdictSentence } from "./verdict";

/** The page as text. */
export function reviewHtml(review: Review): string {
  const style = asset("page.css");
  const script = asset("page.js");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Permission review: ${verdictSentence(review)}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#changes">Skip to the changes</a>
<header><h1>Permission review</h1></header>
<main>
${sections(review)}
</main>
${provenance(review)}
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

function sections(review: Review): readonly Markup[] {
  return [
    verdict(review),
    matrixSection(review),
    headlineList(review),
    changesSection(review),
    notesSection(review),
  ].filter((section) => section !== undefined);
}

function asset(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}

/** Only this style and this script run, and nothing is fetched: a second line of defence behind escaping. */
function policy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}
