/** Texts of a tenant as a cell shows them. */

const longest = 300;
/** Control characters, and those that turn the direction of what follows them: they make one text look like another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const deceptive = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** One line, without deceptive characters, cut where it is too long for a cell. */
export function cleanText(value: string): string {
  const text = value
    .slice(0, 2 * longest)
    .replace(deceptive, " ")
    .trim();
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The text or number below a path of properties; empty where there is none. */
export function textAt(data: unknown, ...path: readonly (string | number)[]): string {
  let value: unknown = data;
  for (const name of path) {
    if (typeof value !== "object" || value === null) return "";
    value = (value as Readonly<Record<string | number, unknown>>)[name];
  }
  if (typeof value === "string") return cleanText(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The first that is not empty. */
export const firstText = (...texts: readonly string[]): string => texts.find((text) => text !== "") ?? "";
