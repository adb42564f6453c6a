/** Splits an OData `$filter` into tokens (OData 4.01 URL conventions, the part that Microsoft Graph answers). */
import { badQuery } from "../errors";

/** A value written in a filter. */
export type Literal = string | number | boolean | null;

/** One token; `literal` carries a parsed value, `name` a word such as a property, an operator or a function. */
export type Token =
  | { readonly kind: "literal"; readonly value: Literal; readonly position: number }
  | { readonly kind: "name"; readonly text: string; readonly position: number }
  | { readonly kind: "mark"; readonly text: "(" | ")" | "," | "/" | ":"; readonly position: number };

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const instant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?/;
const number = /^-?\d+(\.\d+)?/;
const name = /^[A-Za-z_@$][A-Za-z0-9_.@$]*/;
const words: Readonly<Record<string, Literal>> = { true: true, false: false, null: null };

/** Throws 400 BadRequest at an unterminated string or a sign that has no meaning in a filter. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const sign = text.charAt(position);
    if (/\s/.test(sign)) {
      position += 1;
      continue;
    }
    const [token, length] = sign === "'" ? readString(text, position) : readOther(text, position);
    tokens.push(token);
    position += length;
  }
  return tokens;
}

/** A string in single quotes, in which a doubled quote stands for one. */
function readString(text: string, start: number): [Token, number] {
  let value = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign !== "'") {
      value += sign;
    } else if (text.charAt(at + 1) === "'") {
      value += "'";
      at += 1;
    } else {
      return [{ kind: "literal", value, position: start }, at + 1 - start];
    }
  }
  throw badQuery(
    `Invalid filter clause: There is an unterminated string literal at position ${text.length} in '${text}'.`,
  );
}

function readOther(text: string, position: number): [Token, number] {
  const rest = text.slice(position);
  const sign = rest.charAt(0);
  if (sign === "(" || sign === ")" || sign === "," || sign === "/" || sign === ":") {
    return [{ kind: "mark", text: sign, position }, 1];
  }
  const plain = guid.exec(rest)?.[0] ?? instant.exec(rest)?.[0];
  if (plain !== undefined) return [{ kind: "literal", value: plain, position }, plain.length];
  const digits = number.exec(rest)?.[0];
  if (digits !== undefined) return [{ kind: "literal", value: Number(digits), position }, digits.length];
  const word = name.exec(rest)?.[0];
  if (word === undefined) {
    throw badQuery(`Invalid filter clause: Syntax error at position ${position} in '${text}'.`);
  }
  const value = words[word];
  if (value !== undefined) return [{ kind: "literal", value, position }, word.length];
  return [{ kind: "name", text: word, position }, word.length];
}
