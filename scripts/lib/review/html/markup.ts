/** HTML that can't be broken by what it shows: every value is escaped unless it is markup itself. */

/** Text that is HTML already. Made by `html` and `trusted` only. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly Markup[] | undefined;

/** A template whose values are escaped: safe as text and inside quoted attributes. `undefined` is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.map((part, index) => `${part}${textOf(values[index])}`).join(""));
}

/** Takes a text of ours (the style sheet, the script) for HTML as it is. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** Text in which `words` between backticks are code. */
export function withCode(text: string): readonly Markup[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}

function textOf(value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "string" || typeof value === "number") return escapeText(String(value));
  return value.map(({ text }) => text).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
