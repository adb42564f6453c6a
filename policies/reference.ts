/** The rules as people read about them: for the table in README.md and for the command line. */
import { z } from "zod";
import type { Rule, Severity } from "./harness/rule";
import { rules } from "./rules";

/** One setting of a rule. */
interface RuleSetting {
  readonly name: string;
  readonly description: string;
  /** In JSON; absent: none. */
  readonly default?: string;
}

/** One rule. */
export interface RuleReference {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly enforcement: "mandatory" | "advisory";
  readonly cause: string;
  readonly explanation: string;
  readonly remediation: string;
  readonly acknowledgeable: boolean;
  /** When it is judged: each resource before it is made, or the stack at the end of the preview. */
  readonly judges: "resource" | "stack";
  readonly framework?: string;
  readonly config: readonly RuleSetting[];
}

/** Every rule, in the order of the table. */
export function ruleReference(): readonly RuleReference[] {
  return rules.map((rule) => {
    const { id, title, severity, enforcement, cause, explanation, remediation, kind, framework } = rule;
    return {
      id,
      title,
      severity,
      enforcement,
      cause,
      explanation,
      remediation,
      acknowledgeable: rule.acknowledgeable === true,
      judges: kind,
      ...(framework === undefined
        ? {}
        : {
            framework: `${framework.name} ${framework.version}, ${framework.reference} ${framework.specification}`,
          }),
      config: settingsOf(rule),
    };
  });
}

function settingsOf({ config }: Rule): readonly RuleSetting[] {
  const { properties = {} } = z.toJSONSchema(config, { io: "input" });
  return Object.entries(properties).map(([name, schema]) => {
    const { description = "", default: value } = typeof schema === "boolean" ? {} : schema;
    return { name, description, ...(value === undefined ? {} : { default: JSON.stringify(value) }) };
  });
}
