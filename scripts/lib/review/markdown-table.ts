import type { ReviewLine } from "../../../components/permissions/diff/model";
import { code, escaped, marked, someOf } from "./markdown-text";
import { isMain, kindSigns, reasonsOf, signalOf, stacksOf } from "./wording";

/** The table of a review, a row a permission, as many as fit into so many characters; empty without a row. */
export function tableOf(lines: readonly ReviewLine[], room: number): string {
  const main = lines.filter(isMain);
  if (main.length === 0) return "";
  const several = new Set(main.map(({ who }) => who)).size > 1;
  const head = headOf(several);
  const rows: string[] = [];
  // A fifth of the room stays for what the details say of the rows.
  let left = room * 0.8 - head.length - 200;
  for (const line of main) {
    const row = rowOf(line, several);
    if (row.length + 1 > left) break;
    left -= row.length + 1;
    rows.push(row);
  }
  const missing = main.length - rows.length;
  const more =
    missing > 0
      ? `\n\n… and ${missing} further rows, none more dangerous than these: \`npm run -s cli -- permissions diff\` shows all.`
      : "";
  return `${[head, ...rows].join("\n")}${more}`;
}

function headOf(several: boolean): string {
  const titles = [
    "",
    ...(several ? ["Connector"] : []),
    "Permission",
    "API",
    "What it allows",
    "Tier",
    "Because",
    "Stacks",
  ];
  return `| ${titles.join(" | ")} |\n|${titles.map(() => "---").join("|")}|`;
}

function rowOf(line: ReviewLine, several: boolean): string {
  const stacks = stacksOf(line.places);
  const cells = [
    `${kindSigns[line.kind]} ${signalOf(line)}`,
    ...(several ? [escaped(line.who, 60)] : []),
    nameOf(line),
    escaped(line.family, 80),
    allowed(line),
    line.tier ?? "",
    becauseOf(line),
    stacks.length > 3 ? String(stacks.length) : stacks.map((stack) => escaped(stack, 60)).join(", "),
  ];
  return `| ${cells.join(" | ")} |`;
}

function nameOf({ subject, name }: ReviewLine): string {
  return subject === "appRole" || subject === "fact" ? code(name, 120) : escaped(name, 120);
}

function allowed({ kind, before, after, allows, direction, subject }: ReviewLine): string {
  const phrase = escaped(upperFirst(allows), 300);
  if (kind !== "changed" || before === undefined || after === undefined) return phrase;
  const change = `${code(before, 200)} → ${code(after, 200)}`;
  if (subject === "fact" || subject === "credential") {
    return direction === "wider" ? `${phrase}: ${change}` : change;
  }
  return phrase;
}

function becauseOf(line: ReviewLine): string {
  const { settings, texts } = reasonsOf(line);
  return someOf(
    texts.map((text) => (settings ? code(text, 120) : marked(text, 160))),
    3,
  );
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
