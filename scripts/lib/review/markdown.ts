/** A review as a comment on a pull request: whole where it fits, else the most dangerous first and what was left out. */
import type { Headline, Note, Review } from "../../../components/permissions/diff/model";
import { detailsOf } from "./markdown-details";
import { tableOf } from "./markdown-table";
import { code, escaped, someOf } from "./markdown-text";
import { legend, sentenceOf, signalOf, stackSentences, stacksOf, summaryOf } from "./wording";

/** By this line a workflow finds the comment that it wrote before. */
const marker = "<!-- entra-connectors:permission-review -->";

/** GitHub takes 65,536 characters; some are left for who adds a line of his own. */
const maximumLength = 64_000;

const mostHeadlines = 10;
const mostNotes = 8;

/** Markdown of at most 64,000 characters. */
export function reviewMarkdown(review: Review): string {
  const head = [
    marker,
    `### Permission review · ${summaryOf(review)}`,
    ...headlines(review.headlines),
    ...stackSentences(review, (name) => `**${escaped(name, 60)}**`),
  ].join("\n\n");
  const tail =
    review.summary.changed === 0 ? comparison(review) : [approval(review), comparison(review)].join("\n\n");
  const notes = notesText(review.notes);
  let left = maximumLength - head.length - tail.length - notes.length - 100;
  const table = tableOf(review.lines, left);
  left -= table.length;
  const details = detailsOf(review, left);
  return `${[head, table, notes, details, tail].filter((part) => part !== "").join("\n\n")}\n`;
}

function headlines(all: readonly Headline[]): readonly string[] {
  const shown = all.slice(0, mostHeadlines).map(headline);
  const left = all.length - shown.length;
  return left > 0 ? [...shown, `… and ${left} further sentences like these, less dangerous ones.`] : shown;
}

function headline(one: Headline): string {
  const stacks = someOf(
    stacksOf(one.places).map((stack) => escaped(stack, 60)),
    4,
    "stacks",
  );
  const what = sentenceOf(one.what.map((phrase) => `**${escaped(phrase, 240)}**`));
  return `${signalOf(one)} **${escaped(one.who, 80)}** in **${stacks}** ${one.verb} ${what}.`;
}

function notesText(notes: readonly Note[]): string {
  const texts = notes.slice(0, mostNotes).map(({ text, places }) => {
    const stacks = someOf(
      stacksOf(places).map((stack) => escaped(stack, 60)),
      4,
    );
    return `${escaped(text, 500)} (${stacks})`;
  });
  const left = notes.length - texts.length;
  const all = left > 0 ? [...texts, `… and ${left} more`] : texts;
  const title = "**Worth knowing beside the permissions:**";
  if (all.length === 0) return "";
  return all.length === 1 ? `${title} ${all[0]}` : [title, "", ...all.map((text) => `- ${text}`)].join("\n");
}

function approval({ approval: { security, owners, label }, summary }: Review): string {
  const names = owners.slice(0, 10).map((owner) => code(owner, 80));
  if (security) {
    const who =
      names.length > 0
        ? `a member of ${names.join(" or ")}`
        : "somebody who answers for the tenant's administrators";
    return `**Approve:** ${who}, with the label ${code(label)}: this change opens a path to Global Administrator.`;
  }
  const who = names.length > 0 ? names.join(" or ") : "any reviewer";
  const why = summary.level === "write" ? "; but it gains more than plain reading" : "";
  return `**Approve:** ${who}. No path to Global Administrator is opened, so no security approval is needed${why}.`;
}

function comparison({ files, base, summary }: Review): string {
  const commit = base.commit.startsWith(base.ref) ? "" : ` (${code(base.commit.slice(0, 8))})`;
  const since = `Compared with ${code(base.ref)}${commit}`;
  if (summary.changed === 0) {
    return `The lock files of ${summary.stacks === 1 ? "the one stack" : `all ${summary.stacks} stacks`} ask for what they asked for before. ${since}.`;
  }
  return `<sub>${since} · Lock files: ${someOf(
    files.map((file) => code(file, 120)),
    6,
  )}<br>${legend}</sub>`;
}
