/** Text that fits the width of a terminal: wrapped paragraphs and tables with columns that give way. */
import Table from "cli-table3";
import { noBorders } from "./no-borders";
import { palette } from "./terminal";

const narrowest = 60;
const widest = 140;
/** Where there is no terminal, as in a file or a pipe. */
const withoutTerminal = 110;

/** Columns of text that a person sees. */
function terminalWidth(): number {
  return Math.min(widest, Math.max(narrowest, process.stdout.columns ?? withoutTerminal));
}

/** Breaks a text between words into lines of at most `width`; a longer word stands alone. */
function wrap(text: string, width = terminalWidth()): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** A wrapped paragraph, every line after the first set in by `indent`, the first by what stands before it. */
export function paragraph(text: string, indent = ""): string {
  return wrap(text, terminalWidth() - indent.length)
    .map((line) => `${indent}${line}`)
    .join("\n");
}

/** A column: its heading, and its share of what the columns without a share leave (absent: as wide as its content). */
export interface Column {
  readonly title: string;
  readonly share?: number;
  /** Colours a cell after it was measured. */
  readonly paint?: (text: string) => string;
}

/** A table without borders that is no wider than the terminal: columns with a share are wrapped. */
export function wrappedTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  indent = "",
): string {
  const colours = palette();
  const widths = columnWidths(columns, rows, terminalWidth() - indent.length);
  const drawing = new Table({
    head: columns.map(({ title }) => colours.bold(title)),
    chars: noBorders,
    colWidths: widths,
    wordWrap: true,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  drawing.push(...rows.map((row) => row.map((cell, index) => columns[index]?.paint?.(cell) ?? cell)));
  return drawing
    .toString()
    .split("\n")
    .map((line) => `${indent}${line}`.trimEnd())
    .join("\n");
}

function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const cells = columns.map(({ title }, index) => [title, ...rows.map((row) => row[index] ?? "")]);
  const natural = cells.map((texts) => Math.max(...texts.map((text) => text.length)));
  const widths = natural.map((one, index) => (columns[index]?.share === undefined ? one : 0));
  const open = new Set(columns.flatMap(({ share }, index) => (share === undefined ? [] : [index])));
  let left = width - 2 * (columns.length - 1) - widths.reduce((sum, one) => sum + one, 0);
  const settle = (index: number, to: number) => {
    widths[index] = to;
    left -= to;
    open.delete(index);
  };
  while (open.size > 0) {
    const shares = [...open].reduce((sum, index) => sum + (columns[index]?.share ?? 0), 0);
    const fair = (index: number) => Math.floor((left * (columns[index]?.share ?? 0)) / shares);
    // A column whose longest word is wider than its share takes from the others; one with little text gives to them.
    const wide = [...open].find((index) => longestWord(cells[index] ?? []) > fair(index));
    const little = [...open].find((index) => (natural[index] ?? 0) <= fair(index));
    const [any = 0] = open;
    if (wide !== undefined) settle(wide, longestWord(cells[wide] ?? []));
    else if (little !== undefined) settle(little, natural[little] ?? 0);
    else settle(any, fair(any));
  }
  return widths;
}

function longestWord(texts: readonly string[]): number {
  return Math.max(1, ...texts.flatMap((text) => text.split(/\s+/).map((word) => word.length)));
}
