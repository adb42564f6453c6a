/** Texts of a lock file in Markdown. They come from the change under review, so nothing in them may act as markup. */

/** Characters that act instead of showing: controls, and those that turn the direction of writing. */
const acting = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The text with what acts made visible, on one line, at most so many characters. */
export function plain(text: string, most = 200): string {
  const line = text.replaceAll(/\s+/g, " ").replaceAll(acting, "\ufffd").trim();
  const letters = [...line];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : line;
}

/** As running text: no markup, no mention of anybody. */
export function escaped(text: string, most = 200): string {
  return withoutMarkup(plain(text, most));
}

/** As a name or value. */
export function code(text: string, most = 200): string {
  return inCode(plain(text, most));
}

/** A text of ours with code marks in it. */
export function marked(text: string, most = 400): string {
  const parts = plain(text, most).split("`");
  return parts.map((part, index) => (index % 2 === 1 ? inCode(part) : withoutMarkup(part))).join("");
}

function withoutMarkup(line: string): string {
  return line
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_[\]|~#!]/g, "\\$&")
    .replaceAll("@", "@\u2060");
}

function inCode(line: string): string {
  const inner = line.replaceAll("`", "'").replaceAll("|", "\\|");
  return inner === "" ? "" : `\`${inner}\``;
}

/** `a, b and 7 more`: the first few, and how many there are besides. */
export function someOf(texts: readonly string[], most: number, ofWhat = ""): string {
  const left = texts.length - most;
  if (left <= 0) return texts.join(", ");
  return `${texts.slice(0, most).join(", ")} and ${left} more${ofWhat === "" ? "" : ` ${ofWhat}`}`;
}
