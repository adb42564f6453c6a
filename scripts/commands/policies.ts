import type { Command } from "@commander-js/extra-typings";
import { type RuleReference, ruleReference } from "../../policies/reference";
import { count, printResult, table } from "../lib/output";
import { readPackConfig } from "../lib/policy-pack";
import { palette } from "../lib/terminal";

const examples = `
Examples:
  npm run -s cli -- policies list                        every rule, what it wants, how to configure it
  npm run -s cli -- policies check-config pack.json      before: pulumi up --policy-pack policies --policy-pack-config pack.json

The engine passes over rules that it does not know, so a misspelt one would silently stay as it was. Exit code 1: a problem.
`;

/** `policies …`: the rules of the policy pack and its configuration. */
export function register(program: Command): void {
  const policies = program
    .command("policies")
    .description("the rules that deployments are judged by, and their configuration")
    .addHelpText("after", examples);
  policies
    .command("list")
    .description("every rule, what it wants, how to configure it")
    .option("--json", "print the rules as JSON")
    .action((options) => printResult(ruleReference(), { json: options.json, text: rulesText }));
  policies
    .command("check-config <file>")
    .description("check a file for --policy-pack-config")
    .option("--json", "print the configuration as JSON")
    .action((file, options) => {
      const text = (config: object) =>
        `${file}: ${count(Object.keys(config).length, "entry", "entries")}, no problem.`;
      printResult(readPackConfig(file), { json: options.json, text });
    });
}

function rulesText(rules: readonly RuleReference[]): string {
  const rows = rules.map(({ id, enforcement, severity, title }) => [id, enforcement, severity, title]);
  const settings = rules.flatMap(({ id, config }) =>
    config.map(({ name, description, default: value }) => {
      const fallback = value === undefined ? "" : ` Default ${value}.`;
      return `  ${id}.${name}  ${palette().dim(`${description}${fallback}`)}`;
    }),
  );
  return [
    table(["Rule", "Level", "Severity", "What it wants"], rows),
    "",
    "Settings (--policy-pack-config):",
    ...settings,
  ].join("\n");
}
