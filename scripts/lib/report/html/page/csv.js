// What is shown as CSV that a spreadsheet takes for text.
import { cellText } from "./rows.js";

// A spreadsheet takes a text that begins like this for a formula.
const plain = (text) => (/^\s*[=+\-@\t\r|%\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text);
const field = (text) => `"${plain(text.replace(/\s+/g, " ").trim()).replaceAll('"', '""')}"`;

/** Offers the rows as a file. */
export function saveCsv(name, columns, rows) {
  const lines = [columns.map(({ title }) => field(title)).join(",")];
  for (const row of rows) lines.push(columns.map((column) => field(cellText(column, row))).join(","));
  const link = document.createElement("a");
  // The mark at the start tells Excel that it is UTF-8.
  link.href = URL.createObjectURL(new Blob([`\uFEFF${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
