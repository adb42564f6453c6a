/** A rule as the policy SDK knows it. */
import type {
  PolicyConfigSchema,
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { z } from "zod";
import { findingText, judgeResource, judgeStack } from "./judge";
import type { Finding, Outcome } from "./outcome";
import type { ResourceRule, Rule, RuleConfig, StackRule, StackSettings } from "./rule";
import type { StackResource } from "./stack";

/** Makes the SDK's policy of a rule. */
export function toPolicy(
  rule: Rule,
  settings: StackSettings,
): ResourceValidationPolicy | StackValidationPolicy {
  const texts = {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}. ${rule.explanation}`,
    enforcementLevel: rule.enforcement,
    severity: rule.severity,
    remediationSteps: rule.remediation,
    ...(rule.framework === undefined ? {} : { framework: rule.framework }),
    ...configSchemaOf(rule),
  };
  return rule.kind === "resource"
    ? { ...texts, validateResource: resourceValidation(rule, settings) }
    : { ...texts, validateStack: stackValidation(rule, settings) };
}

function resourceValidation(rule: ResourceRule, settings: StackSettings) {
  const validate: ResourceValidationPolicy["validateResource"] = (args, report) => {
    const outcome = judgeResource(rule, fromArguments(args), ownConfig(args.getConfig()), settings);
    conclude(rule, outcome, settings, report, args.notApplicable);
  };
  const [only, ...others] = rule.types;
  // The SDK leaves out resources of other types before it unpacks them when it finds the type here.
  return others.length === 0 ? Object.assign(validate, { __pulumiType: only }) : validate;
}

function stackValidation(rule: StackRule, settings: StackSettings): StackValidationPolicy["validateStack"] {
  return (args, report) => {
    const resources = args.resources.map(fromStack);
    const outcome = judgeStack(rule, resources, ownConfig(args.getConfig()), settings);
    conclude(rule, outcome, settings, report, args.notApplicable);
  };
}

function conclude(
  rule: Rule,
  outcome: Outcome,
  settings: StackSettings,
  report: (message: string, urn?: string) => void,
  skip: (reason?: string) => never,
): void {
  if (outcome.kind === "not-applicable") skipCheaply(outcome.reason, skip);
  if (outcome.kind !== "non-compliant") return;
  for (const finding of outcome.findings) report(findingText(rule, finding, settings), urnOf(finding));
}

/** The SDK skips by throwing, a thousand times a run: most of that time would go into stack traces that nobody reads. */
function skipCheaply(reason: string, skip: (reason?: string) => never): never {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return skip(reason);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function urnOf({ urn }: Finding): string | undefined {
  return urn;
}

function fromArguments({ type, name, urn, props, opts }: ResourceValidationArgs): StackResource {
  return { type, name, urn, properties: props, parent: opts.parent || undefined };
}

function fromStack({ type, name, urn, props, parent, propertyDependencies }: PolicyResource): StackResource {
  const sources = Object.entries(propertyDependencies).map(([property, resources]) => [
    property,
    resources.map((resource) => resource.urn),
  ]);
  return { type, name, urn, properties: props, parent: parent?.urn, sources: Object.fromEntries(sources) };
}

/** The engine mixes its own level into a policy's configuration. */
function ownConfig({ enforcementLevel: _, ...config }: RuleConfig): RuleConfig {
  return config;
}

function configSchemaOf({ config }: Rule): { readonly configSchema?: PolicyConfigSchema } {
  if (Object.keys(config.shape).length === 0) return {};
  const { properties = {} } = z.toJSONSchema(config, { io: "input" });
  return { configSchema: { properties: properties as PolicyConfigSchema["properties"] } };
}
