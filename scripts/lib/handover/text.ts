import { palette } from "../terminal";
import { dateOf, type Sheet, type SheetField } from "./sheet";

/** The sheets for a person: fields first, in the vendor's order, ready to paste. */
export function sheetsText(sheets: readonly Sheet[]): string {
  return sheets.map(sheetText).join("\n\n");
}

function sheetText(sheet: Sheet): string {
  const colours = palette();
  const width = Math.max(...sheet.fields.map(({ label }) => label.length)) + 2;
  const lines = [
    `${colours.bold(sheet.name)}  ${colours.dim(`${sheet.product} · ${sheet.guide}`)}`,
    "",
    ...sheet.fields.map((field) => fieldLine(field, width)),
  ];
  if (sheet.validUntil) lines.push("", `The credential is valid until ${dateOf(sheet.validUntil)}.`);
  for (const remark of sheet.remarks) lines.push(colours.yellow(remark));
  return lines.join("\n");
}

function fieldLine({ label, kind, value, hint }: SheetField, width: number): string {
  const remark = hint === undefined ? "" : `  ${palette().dim(`(${hint})`)}`;
  if (kind === "box") return `  ${value === "ticked" ? "[x]" : "[ ]"} ${label}${remark}`;
  return `  ${label.padEnd(width)}${value}${remark}`;
}
