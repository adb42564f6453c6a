import { judgeResource, judgeStack } from "../../../../policies/harness/judge";
import type { Outcome } from "../../../../policies/harness/outcome";
import type { StackSettings } from "../../../../policies/harness/rule";
import type { StackResource } from "../../../../policies/harness/stack";
import { rules } from "../../../../policies/rules";

/** What a rule is shown in one example. */
export interface Example {
  /** A rule about single resources judges the last one. */
  readonly resources: readonly StackResource[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly settings?: Partial<StackSettings>;
}

/** Examples of one rule. */
export interface RuleExamples {
  readonly compliant: Readonly<Record<string, Example>>;
  /** With the culprits of the findings. */
  readonly nonCompliant: Readonly<Record<string, Example & { readonly culprits: readonly string[] }>>;
  readonly notApplicable?: Readonly<Record<string, Example>>;
  /** A value that the rule needs is unknown: a finding of its own, with its name. */
  readonly unknown?: Readonly<Record<string, Example & { readonly property: string }>>;
}

export const plainSettings: StackSettings = {
  stack: "dev",
  moment: Date.parse("2026-11-21T00:00:00Z"),
  acknowledgements: [],
  acknowledgementProblems: [],
  connectors: undefined,
};

/** What the rule says about the example. */
export function judge(id: string, { resources, config = {}, settings = {} }: Example): Outcome {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  const all = { ...plainSettings, ...settings };
  if (rule.kind === "stack") return judgeStack(rule, resources, config, all);
  const last = resources.at(-1);
  if (last === undefined) throw new Error("no resource");
  return judgeResource(rule, last, config, all);
}
