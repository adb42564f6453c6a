/** The first screen: is anything dangerous, in one sentence and three numbers. */
import type { Headline, Review } from "../../../../components/permissions/diff/model";
import { count } from "../../output";
import { stackSentences } from "../wording";
import { html, type Markup } from "./markup";
import { dangerOf, shortList } from "./words";

/** The sentence. */
export function verdictSentence({ headlines, lines, summary }: Review): string {
  if (summary.level === null) return "Nothing changes: both states have the same permissions.";
  const [worst] = headlines;
  const said = worst === undefined ? "only details change, no permission" : headlineText(worst);
  if (summary.level === "tier0") {
    return `Dangerous: ${said} — a path to Global Administrator, which needs a security approval.`;
  }
  if (lines.some((line) => dangerOf(line) === "caution")) return `Look closely: ${said}.`;
  return `Nothing dangerous: ${said}.`;
}

/** Who can do what, and where; the first of what it can, and how much there is beside that. */
function headlineText({ who, verb, what, places }: Headline): string {
  const [first = "", ...rest] = what;
  const more = rest.length === 0 ? "" : `, and ${count(rest.length, "thing")} more`;
  return `${who} in ${shortList(places, 2)} ${verb} ${first}${more}`;
}

/** The sentence, the numbers, and what each connector gains and loses. */
export function verdict(review: Review): Markup {
  const { summary, lines, approval } = review;
  const grave = lines.filter((line) => dangerOf(line) === "danger").length;
  const caution = lines.filter((line) => dangerOf(line) === "caution").length;
  const tone = grave > 0 ? "danger" : caution > 0 ? "caution" : "relief";
  return html`<section aria-labelledby="verdict" class="verdict ${tone}">
<h2 id="verdict">${verdictSentence(review)}</h2>
<dl class="numbers">
${number(grave, grave === 1 ? "path to Global Administrator" : "paths to Global Administrator", grave > 0 ? "danger" : "plain")}
${number(caution, `more ${caution === 1 ? "change lets" : "changes let"} something write, or read secrets, mail or files`, caution > 0 ? "caution" : "plain")}
${number(summary.changed, `of ${count(summary.stacks, "stack")} ${summary.changed === 1 ? "changes" : "change"}`, "plain")}
</dl>
${approvalText(approval)}
</section>`;
}

function number(value: number, label: string, tone: string): Markup {
  return html`<div class="number ${tone}"><dt>${label}</dt><dd>${value}</dd></div>`;
}

function approvalText({ security, owners, label }: Review["approval"]): Markup {
  const who =
    owners.length === 0 ? "an owner of the lock files (none is named in CODEOWNERS)" : owners.join(", ");
  if (!security) return html`<p>Approve: ${who}.</p>`;
  return html`<p><strong>Approve:</strong> ${who}, with the label <code>${label}</code>.</p>`;
}

/** What each connector gains and loses, in full. */
export function headlineList(review: Review): Markup | undefined {
  const { headlines } = review;
  const stacks = stackSentences(review, (name) => name);
  if (headlines.length + stacks.length === 0) return undefined;
  return html`<section aria-labelledby="who"><h2 id="who">Who can do what</h2>
<ul class="headlines">${headlines.map(headlineItem)}</ul>
${stacks.map((sentence) => html`<p>${sentence}</p>`)}</section>`;
}

function headlineItem(headline: Headline): Markup {
  const { who, verb, what, places } = headline;
  const stacks = shortList(places);
  return html`<li class="${dangerOf(headline)}"><strong>${who}</strong> in ${stacks} ${verb}
<ul>${what.map((one) => html`<li>${one}</li>`)}</ul></li>`;
}
