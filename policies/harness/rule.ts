/** What a rule is: its texts, and the judgement. */
import type { z } from "zod";
import type { Acknowledgement } from "../../components/permissions/settings";
import type { Finding, Outcome } from "./outcome";
import type { PolicyStack, StackResource } from "./stack";

export type Severity = "low" | "medium" | "high" | "critical";

/** A control of a published framework that asks for the same. */
interface FrameworkReference {
  readonly name: string;
  readonly version: string;
  /** Number of the control. */
  readonly reference: string;
  /** The control's title, verbatim. */
  readonly specification: string;
}

/** What people read about a rule. */
interface RuleTexts {
  /** Also the name of the rule's file. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What a finding does unless the pack's configuration says otherwise. */
  readonly enforcement: "mandatory" | "advisory";
  /** What makes a finding, in a sentence. */
  readonly cause: string;
  /** Why that matters. */
  readonly explanation: string;
  /** What to do about a finding. */
  readonly remediation: string;
  /** Whether a stack may acknowledge a finding and keep it. */
  readonly acknowledgeable?: true;
  readonly framework?: FrameworkReference;
}

/** What a rule knows beside the thing it judges. */
interface RuleContext<Config> {
  readonly config: Config;
  /** The stack's settings: what stands below `entra-connectors:`. */
  readonly settings: StackSettings;
}

/** What the pack reads of the stack's settings. */
export interface StackSettings {
  readonly stack: string;
  /** The time of the judgement, or the moment that the stack plans for where that is later. Milliseconds. */
  readonly moment: number;
  /** Acknowledgements that count. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** What is wrong with the others. */
  readonly acknowledgementProblems: readonly Finding[];
  /** The entries by short name; undefined where the stack has no such settings (a program of its own). */
  readonly connectors: ReadonlyMap<string, DeclaredConnector> | undefined;
}

/** What the settings say about a connector, as far as rules ask. */
interface DeclaredConnector {
  readonly name: string;
  /** Object ids of the owners beside the deployer, lower case. */
  readonly owners: readonly string[];
}

type ConfigSchema = z.ZodObject;

/** A rule's configuration before its own schema has parsed it. */
export type RuleConfig = Readonly<Record<string, unknown>>;

/** A rule about single resources, judged before each is made. */
export interface ResourceRule<Schema extends ConfigSchema = ConfigSchema> extends RuleTexts {
  readonly kind: "resource";
  /** Types that the rule judges. */
  readonly types: readonly string[];
  readonly config: Schema;
  /** True: what is unknown at preview is judged when it is known, before the resource is made. */
  readonly waitsForValues?: true;
  judge(resource: StackResource, context: RuleContext<z.output<Schema>>): Outcome;
}

/** A rule about the whole stack, judged at the end of the preview. */
export interface StackRule<Schema extends ConfigSchema = ConfigSchema> extends RuleTexts {
  readonly kind: "stack";
  readonly config: Schema;
  judge(stack: PolicyStack, context: RuleContext<z.output<Schema>>): Outcome;
}

export type Rule = ResourceRule | StackRule;

/** The rule as it is listed among others: its configuration is parsed by its own schema before it judges. */
export function resourceRule<Schema extends ConfigSchema>(
  rule: Omit<ResourceRule<Schema>, "kind">,
): ResourceRule {
  const { judge } = rule;
  return {
    ...rule,
    kind: "resource",
    judge: (resource, context) => judge(resource, { ...context, config: rule.config.parse(context.config) }),
  };
}

/** The rule as it is listed among others. */
export function stackRule<Schema extends ConfigSchema>(rule: Omit<StackRule<Schema>, "kind">): StackRule {
  const { judge } = rule;
  return {
    ...rule,
    kind: "stack",
    judge: (stack, context) => judge(stack, { ...context, config: rule.config.parse(context.config) }),
  };
}
