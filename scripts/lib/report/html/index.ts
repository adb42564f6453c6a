/**
 * A report as one HTML file: nothing is loaded from anywhere. What matters is plain HTML, there before any script; long
 * tables are packed and shown a page at a time.
 */
import { createHash } from "node:crypto";
import { html, type Markup, trusted } from "../../review/html/markup";
import type { BuiltReport } from "../build";
import type { PackedTable } from "../events/column-table";
import type { Report } from "../model";
import { pageScript, pageStyle } from "./assets";
import { eventSections } from "./events";
import { gridData } from "./grid";
import { healthSection } from "./health";
import { overview } from "./overview";
import { risksSection } from "./risks";
import { credentialsSection, permissionsSection } from "./stack";
import { minute } from "./words";

/** The page as text. */
export function reportHtml({ report, tables }: BuiltReport): string {
  const style = pageStyle();
  const script = pageScript();
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Report of ${report.stack}: ${report.verdict.sentence}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#risks">Skip to the risks</a>
<header><h1>Report of the stack ${report.stack}</h1>
<p class="muted">${minute(report.generatedAt)} UTC · events of ${report.period.days} days</p>
${contents(report)}</header>
<main>
${sections(report, new Map(tables.map((table) => [table.id, table])))}
</main>
<footer>Made from ${report.source.where === "function app" ? "the function app's storage" : "the folder"} <code>${report.source.place}</code>. All times are UTC. This file names people: keep it as you would keep their data.</footer>
${tables.map(gridData)}
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

function sections(report: Report, tables: ReadonlyMap<string, PackedTable>): readonly Markup[] {
  return [
    overview(report),
    risksSection(report, tables),
    ...eventSections(report, tables),
    permissionsSection(report),
    credentialsSection(report),
    healthSection(report),
  ].filter((section) => section !== undefined);
}

function contents({ permissions, credentials }: Report): Markup {
  const links = [
    ["risks", "Risks"],
    ["logons", "Logons"],
    ["mailboxes", "Mailboxes"],
    ["activity", "Changes"],
    ["exchange", "Exchange"],
    ...(permissions === null || permissions.rows.length === 0 ? [] : [["permissions", "Permissions"]]),
    ...(credentials === null || credentials.length === 0 ? [] : [["credentials", "Credentials"]]),
    ["collection", "Collection"],
  ];
  return html`<nav aria-label="Contents">${links.map(([id, title]) => html`<a href="#${id}">${title}</a> `)}</nav>`;
}

/** Only this style and this script run, and nothing is fetched: a second line of defence behind escaping. */
function policy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}
