/** `$search` of directory objects: `"displayName:anna" AND "mail:a"` (page "Use the $search query parameter"). */
import { badQuery } from "../errors";

/** One quoted clause; `join` says how it is joined to the one before. */
export interface SearchTerm {
  readonly property: string;
  readonly value: string;
  readonly join: "AND" | "OR";
}

/** Throws 400 BadRequest unless every clause is `"property:value"` in double quotes. */
export function parseSearch(text: string): readonly SearchTerm[] {
  const clause = /\s*(?:(AND|OR)\s+)?"([A-Za-z]+):((?:[^"\\]|\\.)*)"/y;
  const terms: SearchTerm[] = [];
  let end = 0;
  for (let match = clause.exec(text); match !== null; match = clause.exec(text)) {
    const [, join, property = "", value = ""] = match;
    terms.push({ property, value: value.replace(/\\(.)/g, "$1"), join: join === "OR" ? "OR" : "AND" });
    end = clause.lastIndex;
  }
  if (terms.length === 0 || text.slice(end).trim() !== "") {
    throw badQuery(
      `Syntax error in $search: '${text}'. Clauses are written "property:value" in double quotes.`,
    );
  }
  return terms;
}

/** Whether the values read satisfy the terms: every word of a term begins a word of the property. */
export function matchesSearch(terms: readonly SearchTerm[], read: (property: string) => unknown): boolean {
  let matched = true;
  for (const [position, term] of terms.entries()) {
    const found = containsWords(read(term.property), term.value);
    if (position === 0) matched = found;
    else matched = term.join === "OR" ? matched || found : matched && found;
  }
  return matched;
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

function containsWords(value: unknown, wanted: string): boolean {
  if (typeof value !== "string") return false;
  const words = wordsOf(value);
  return wordsOf(wanted).every((part) => words.some((word) => word.startsWith(part)));
}
