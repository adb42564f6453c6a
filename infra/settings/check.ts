/** Runs a zod schema over a value and turns what it finds into problems that a person can act on. */
import { z } from "zod";
import { didYouMean } from "../../components/permissions/suggestion";
import type { Problems } from "./problems";

/** The parsed value, or undefined after the problems have been noted. */
export function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: string,
  problems: Problems,
): T | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) note(issue, schema, value, path, problems);
  return undefined;
}

function note(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  root: unknown,
  path: string,
  problems: Problems,
): void {
  const place = issue.path.reduce<string>((prefix, key) => joinPath(prefix, key), path);
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(shapeAt(schema, issue.path));
    for (const key of issue.keys) {
      problems.add(
        joinPath(place, key),
        `unknown setting.${didYouMean(key, known)}`,
        `Allowed: ${known.join(", ")}.`,
      );
    }
    return;
  }
  problems.add(place, describe(issue, valueAt(root, issue.path), place));
}

function describe(issue: z.core.$ZodIssue, value: unknown, path: string): string {
  if (value === undefined && issue.code !== "custom") return "is missing.";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${typeNames[issue.expected] ?? issue.expected}, not ${given(value, path)}.`;
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const hint = typeof value === "string" ? didYouMean(value, allowed) : "";
      return `${given(value, path)} is not one of ${allowed.join(", ")}.${hint}`;
    }
    case "too_small":
      return typeof value === "number"
        ? `${value} is too small: at least ${issue.minimum}.`
        : `must not be empty${Number(issue.minimum) > 1 ? ` (at least ${issue.minimum})` : ""}.`;
    case "too_big":
      return typeof value === "number"
        ? `${value} is too large: at most ${issue.maximum}.`
        : `is too long: at most ${issue.maximum}.`;
    default:
      return issue.message;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  boolean: "true or false",
  string: "a text",
  number: "a number",
  int: "a whole number",
  array: "a list",
  object: "a group of settings",
  record: "a group of settings",
};

/** What was given, short; texts below `credentials` are not repeated, because somebody may have pasted a secret there. */
export function given(value: unknown, path = ""): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of settings";
  if (typeof value !== "string") return String(value);
  return value.length > 60 || path.includes("credentials") ? "this text" : JSON.stringify(value);
}

/** `connectors` and 1 and `name` make `connectors[1].name`. */
export function joinPath(prefix: string, key: PropertyKey): string {
  if (typeof key === "number") return `${prefix}[${key}]`;
  return prefix === "" ? String(key) : `${prefix}.${String(key)}`;
}

/** True for a JSON object, as opposed to a list, a text or nothing. */
export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value) && typeof key === "number") return value[key];
    return isGroup(value) && Object.hasOwn(value, key) ? value[String(key)] : undefined;
  }, root);
}

/** The settings that an object in a schema knows, for suggestions. */
function shapeAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): Readonly<Record<string, unknown>> {
  const [key, ...rest] = path;
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault)
    return shapeAt(schema.unwrap(), path);
  if (schema instanceof z.ZodArray && key !== undefined) return shapeAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return {};
  const inner: z.core.$ZodType | undefined = key === undefined ? undefined : schema.shape[String(key)];
  return inner === undefined ? schema.shape : shapeAt(inner, rest);
}
