/**
 * The pack's configuration (`--policy-pack-config FILE`), typed and checked. The engine checks the types of known settings and
 * passes over rules that it does not know, so a misspelt rule would silently stay as it was.
 */
import { z } from "zod";
import { didYouMean } from "../components/permissions/suggestion";
import { rules } from "./rules";

const level = z.enum(["mandatory", "advisory", "disabled"]);

/** What a finding of the rule does; `all` says it for every rule. */
type EnforcementLevel = z.output<typeof level>;

/** A pack's configuration: a level, or a level and settings, by rule. */
export type PackConfig = Readonly<
  Record<string, EnforcementLevel | ({ readonly enforcementLevel?: EnforcementLevel } & object)>
>;

/** A configuration that the engine would misunderstand, or understand as nothing. */
export class PackConfigError extends Error {
  override readonly name = "PackConfigError";

  constructor(
    /** A line each: where, and what is wrong. */
    readonly problems: readonly string[],
  ) {
    super(problems.join("\n"));
  }
}

const all = z.union([level, z.strictObject({ enforcementLevel: level })]);
const schemas = new Map<string, z.ZodType>([
  ["all", all],
  ...rules.map(
    (rule) =>
      [
        rule.id,
        z.union([level, z.strictObject({ enforcementLevel: level.optional(), ...rule.config.shape })]),
      ] as const,
  ),
]);

/**
 * Checks a configuration as it was read from JSON.
 * @throws PackConfigError with every problem at once
 */
export function parsePackConfig(raw: unknown): PackConfig {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    throw new PackConfigError(["the file: must be a group of settings by rule."]);
  const problems = Object.entries(raw).flatMap(([id, value]) => problemsOf(id, value));
  if (problems.length > 0) throw new PackConfigError(problems);
  return raw as PackConfig;
}

function problemsOf(id: string, value: unknown): readonly string[] {
  const schema = schemas.get(id);
  if (schema === undefined) {
    return [`${id}: there is no such rule.${didYouMean(id, [...schemas.keys()])}`];
  }
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => issueLines(issue, id, value));
}

function issueLines(issue: z.core.$ZodIssue, path: string, value: unknown): readonly string[] {
  if (issue.code === "invalid_union") {
    // A text was meant to be a level, a group to be settings; what the other branch says helps nobody.
    const branch = issue.errors[typeof value === "string" ? 0 : 1] ?? [];
    return branch.flatMap((inner) => issueLines(inner, path, value));
  }
  const place = [path, ...issue.path].join(".");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${place}.${key}: the rule has no such setting.`);
  return [`${place}: ${issue.message}.`];
}
