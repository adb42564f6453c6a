/** The rule table of README.md, made of the rules. */
import { type RuleReference, ruleReference } from "./reference";

const start = "<!-- rules: made by generate.ts -->";
const end = "<!-- /rules -->";

/** The text with its table made anew. */
export function withRuleTable(readme: string): string {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no place for the table: ${start} … ${end}`);
  return `${readme.slice(0, from + start.length)}\n${ruleTable()}\n${readme.slice(to)}`;
}

function ruleTable(): string {
  const rules = ruleReference();
  return [
    "| Rule | Level | Severity | A finding is | Why | Settings |",
    "|---|---|---|---|---|---|",
    ...rules.map(row),
    "",
    `${rules.length} rules. Level: what a finding does unless configured otherwise. † A stack may acknowledge a finding.`,
  ].join("\n");
}

function row(rule: RuleReference): string {
  const settings = rule.config.map(({ name, description, default: value }) => {
    const fallback = value === undefined ? "" : ` Default \`${value}\`.`;
    return `\`${name}\`: ${description}${fallback}`;
  });
  const why = rule.framework === undefined ? rule.explanation : `${rule.explanation} (${rule.framework})`;
  const cells = [
    `[\`${rule.id}\`](rules/${rule.id}.ts)${rule.acknowledgeable ? " †" : ""}`,
    rule.enforcement,
    rule.severity,
    rule.cause,
    why,
    settings.join("<br>"),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
