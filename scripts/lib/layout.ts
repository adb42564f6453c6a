/** Text that fits the width of a terminal: wrapped paragraphs and tables with columns that give way. */
import Table from "cli-table3";
import { palette } from "./terminal";

const narrowest = 60;
const widest = 140;
/** Where there is no terminal, as in a file or a pipe. */
const withoutTerminal = 110;

/** Columns of text that a person sees. */
export function terminalWidth(): number {
  return Math.min(widest, Math.max(narrowest, process.stdout.columns ?? withoutTerminal));
}

/** Breaks a text between words into lines of at most `width`; a longer word stands alone. */
export function wrap(text: string, width = terminalWidth()): readonly string[] {
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

const noBorders = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

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
  const natural = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const longestWord = (index: number) =>
    Math.max(12, ...rows.flatMap((row) => (row[index] ?? "").split(" ").map((word) => word.length)));
  const gaps = 2 * (columns.length - 1);
  const fixed = natural.reduce((sum, one, index) => sum + (columns[index]?.share === undefined ? one : 0), 0);
  const shares = columns.reduce((sum, { share = 0 }) => sum + share, 0);
  const left = Math.max(0, width - gaps - fixed);
  return natural.map((one, index) => {
    const share = columns[index]?.share;
    if (share === undefined) return one;
    return Math.min(one, Math.max(longestWord(index), Math.floor((left * share) / shares)));
  });
}
