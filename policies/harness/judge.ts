/** From a rule and what it looks at to the findings that are reported. */
import { slugOf } from "../../components/permissions/slug";
import { type Finding, judged, notApplicable, type Outcome } from "./outcome";
import type { ResourceRule, Rule, RuleConfig, StackRule, StackSettings } from "./rule";
import { PolicyStack, type StackResource } from "./stack";
import { UnreadableProperty } from "./values";

/** Judges one resource. */
export function judgeResource(
  rule: ResourceRule,
  resource: StackResource,
  config: RuleConfig,
  settings: StackSettings,
): Outcome {
  if (!rule.types.includes(resource.type)) return notApplicable("It judges other types.");
  return concluded(rule, settings, rule.waitsForValues === true, () =>
    rule.judge(resource, { config, settings }),
  );
}

/** Judges a whole stack. */
export function judgeStack(
  rule: StackRule,
  resources: readonly StackResource[],
  config: RuleConfig,
  settings: StackSettings,
): Outcome {
  return concluded(rule, settings, false, () => rule.judge(new PolicyStack(resources), { config, settings }));
}

/** What can't be read is a finding of its own, never a silent pass; what is acknowledged is none. */
function concluded(rule: Rule, settings: StackSettings, waits: boolean, judge: () => Outcome): Outcome {
  const outcome = attempt(judge, waits);
  if (outcome.kind !== "non-compliant") return outcome;
  return judged(outcome.findings.filter((finding) => !isAcknowledged(rule, finding, settings)));
}

function attempt(judge: () => Outcome, waits: boolean): Outcome {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof UnreadableProperty)) throw error;
    if (waits && error.why === "unknown")
      return notApplicable(`${error.property} is judged when it is known, before the resource is made.`);
    return judged([{ culprit: `${error.property} ${error.why}`, message: error.message }]);
  }
}

function isAcknowledged(rule: Rule, { culprit, connector }: Finding, settings: StackSettings): boolean {
  if (!rule.acknowledgeable || connector === undefined) return false;
  return settings.acknowledgements.some(
    (one) =>
      one.rule === rule.id &&
      slugOf(one.connector) === connector &&
      (one.finding === undefined || one.finding === culprit),
  );
}

/** The text of a finding: its id with the culprit, what is wrong, what to do. */
export function findingText(
  rule: Rule,
  { culprit, message, connector }: Finding,
  settings: StackSettings,
): string {
  const id = `${rule.id}[${culprit}]`;
  const name = connector === undefined ? undefined : (settings.connectors?.get(connector)?.name ?? connector);
  const whose = name === undefined ? "" : `${name}: `;
  const acknowledge =
    rule.acknowledgeable && name !== undefined
      ? ` Or acknowledge it in the stack's settings: rule ${rule.id}, connector ${name}, finding ${culprit}, with a reason, an owner and an expiry.`
      : "";
  return `${id} ${whose}${message} ${rule.remediation}${acknowledge}`;
}
