/** What a command prints on standard output: one JSON document with `--json`, else text for a person. */
import Table from "cli-table3";
import { noBorders } from "./no-borders";
import { palette } from "./terminal";

/** Prints `value` as one JSON document when `json` is set, else what `text` makes. */
export function printResult<T>(
  value: T,
  options: { readonly json?: boolean | undefined; readonly text: (value: T) => string },
): void {
  process.stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : `${options.text(value)}\n`);
}

/** A table without borders, columns as wide as their content, colours kept out of the measuring. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const colours = palette();
  const drawing = new Table({
    head: head.map((title) => colours.bold(title)),
    chars: noBorders,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  drawing.push(...rows.map((row) => [...row]));
  return drawing
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** `one of each` or `3 of each`: a number with its noun. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
