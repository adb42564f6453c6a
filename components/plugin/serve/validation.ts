import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import { containsUnknown, isList, isMap, type Plain, type PlainProperties, Unknown } from "./values";

/** One input that is refused: the property's path and why, in one sentence. */
export interface Refusal {
  readonly property: string;
  readonly reason: string;
}

/**
 * Everything that is wrong with the inputs, judged by the schema as far as they are known: what is or holds an
 * unknown is judged when the update runs. `notCarried` names arguments of the official type that this plugin
 * does not implement, each with what to do instead.
 */
export function refusals(
  inputs: PlainProperties,
  schema: z.ZodObject,
  notCarried: Readonly<Record<string, string>> = {},
): Refusal[] {
  const result = schema.safeParse(inputs);
  if (result.success) return [];
  return result.error.issues.flatMap((issue): Refusal[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownProperty([...issue.path, key], inputs, schema, notCarried));
    }
    return restsOnUnknown(inputs, issue.path)
      ? []
      : [{ property: pathText(issue.path), reason: wording(issue) }];
  });
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.input === undefined && issue.message.includes("undefined")) {
    return `is required (${issue.expected})`;
  }
  return issue.message;
}

function unknownProperty(
  path: readonly PropertyKey[],
  inputs: PlainProperties,
  schema: z.ZodObject,
  notCarried: Readonly<Record<string, string>>,
): Refusal {
  const property = pathText(path);
  const advice = notCarried[property.replace(/\[\d+\]/g, "")];
  if (advice !== undefined) return { property, reason: advice };
  const known = path.length === 1 ? Object.keys(schema.shape) : [];
  const taken = path.length === 1 ? known.filter((name) => !(name in inputs)) : known;
  return { property, reason: `is not a known property${didYouMean(String(path.at(-1)), taken)}` };
}

/** `; did you mean "x"?` when one of the words is close, else nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  if (words.length === 0) return "";
  const candidate = closest(word, [...words]);
  const tolerance = Math.max(2, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), candidate.toLowerCase()) <= tolerance
    ? `; did you mean "${candidate}"?`
    : "";
}

/** Whether the value at the path, or anything on the way to it, is not known yet. */
function restsOnUnknown(inputs: PlainProperties, path: readonly PropertyKey[]): boolean {
  let value: Plain | undefined = inputs;
  for (const step of path) {
    if (value instanceof Unknown) return true;
    if (isList(value)) value = value[Number(step)];
    else value = isMap(value) ? value[String(step)] : undefined;
  }
  return path.length > 0 && containsUnknown(value);
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}
