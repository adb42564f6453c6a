/** `$expand` with nested options: `policy($expand=rules)`, `members($select=id,displayName)`. */
import { badQuery } from "../errors";

/** One navigation to expand, with what was asked of the expanded entities. */
export interface Expand {
  readonly navigation: string;
  readonly select: readonly string[] | undefined;
  readonly expand: readonly Expand[];
}

/** Throws 400 BadRequest at unbalanced parentheses or an option that Graph does not take inside `$expand`. */
export function parseExpand(text: string): readonly Expand[] {
  return splitOutside(text, ",").map(parseItem);
}

function parseItem(text: string): Expand {
  const match = /^([A-Za-z]+|\*)(?:\((.*)\))?$/s.exec(text.trim());
  const navigation = match?.[1];
  if (navigation === undefined)
    throw badQuery(`Parsing OData Select and Expand failed: syntax error in '${text}'.`);
  let select: readonly string[] | undefined;
  let expand: readonly Expand[] = [];
  for (const option of splitOutside(match?.[2] ?? "", ";")) {
    const [name = "", value = ""] = splitOnce(option, "=");
    if (/^\$?select$/i.test(name)) select = value.split(",").map((item) => item.trim());
    else if (/^\$?expand$/i.test(name)) expand = parseExpand(value);
    else if (!/^\$?levels$/i.test(name)) {
      throw badQuery(`Parsing OData Select and Expand failed: '${name}' is not supported inside $expand.`);
    }
  }
  return { navigation, select, expand };
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text.trim()] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** Splits at a separator that stands outside parentheses. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth < 0) break;
    if (sign === separator && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (depth !== 0)
    throw badQuery(`Parsing OData Select and Expand failed: unbalanced parentheses in '${text}'.`);
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
