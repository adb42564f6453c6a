/** A review for a person at a terminal. */
import type { Headline, Review, ReviewLine } from "../../../components/permissions/diff/model";
import { table } from "../output";
import { palette } from "../terminal";
import { plain, someOf } from "./markdown-text";
import {
  alternativesOf,
  isMain,
  isRecord,
  type kindSigns,
  legend,
  reasonsOf,
  sentenceOf,
  stackSentences,
  stacksOf,
  summaryOf,
} from "./wording";

const signs = { added: "+", removed: "-", changed: "~" } as const satisfies Record<
  keyof typeof kindSigns,
  string
>;

/** Lines for a terminal; colours only where they are shown. */
export function reviewTerminal(review: Review): string {
  const colours = palette();
  const main = review.lines.filter(isMain);
  const parts = [
    colours.bold(`Permission review · ${summaryOf(review)}`),
    [...review.headlines.map(headline), ...stackSentences(review, (name) => plain(name, 60))].join("\n"),
    main.length === 0
      ? ""
      : table(["", "Connector", "Permission", "Tier", "Because", "Stacks"], main.map(row)),
    list(
      "Worth knowing",
      review.notes.map(({ text }) => text),
    ),
    list("Narrower", alternatives(review.lines)),
    list("For the record", review.lines.filter(isRecord).map(other)),
    review.summary.changed === 0 ? "" : colours.dim(legend),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function headline({ level, direction, who, places, verb, what }: Headline): string {
  const colours = palette();
  const paint = direction === "narrower" ? colours.green : level === "any" ? colours.yellow : colours.red;
  const stacks = someOf(
    stacksOf(places).map((stack) => plain(stack, 60)),
    4,
    "stacks",
  );
  return paint(
    `${plain(who, 80)} in ${stacks} ${verb} ${sentenceOf(what.map((phrase) => plain(phrase, 240)))}.`,
  );
}

function row(line: ReviewLine): readonly string[] {
  const stacks = stacksOf(line.places);
  return [
    signs[line.kind],
    plain(line.who, 40),
    plain(line.name, 60),
    line.tier ?? "",
    plain(changeOf(line), 90),
    stacks.length > 2 ? String(stacks.length) : stacks.map((stack) => plain(stack, 40)).join(", "),
  ];
}

function changeOf(line: ReviewLine): string {
  const { before, after } = line;
  if (line.kind === "changed" && before !== undefined && after !== undefined) return `${before} -> ${after}`;
  return reasonsOf(line).texts.join("; ").replaceAll("`", "");
}

function alternatives(lines: readonly ReviewLine[]): readonly string[] {
  return alternativesOf(lines).map(({ who, text }) => `${who}: ${text.replaceAll("`", "")}`);
}

function other({ kind, who, family, name, allows, subject }: ReviewLine): string {
  return `${signs[kind]} ${who}: ${family} ${subject === "capability" ? allows : name}`;
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return [palette().bold(title), ...items.map((item) => `  ${plain(item, 400)}`)].join("\n");
}
