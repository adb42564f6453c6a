import type { Command } from "@commander-js/extra-typings";
import {
  type SettingReference,
  type SettingsSection,
  settingsReference,
} from "../../infra/settings/reference";
import { printResult } from "../lib/output";
import { palette } from "../lib/terminal";

const examples = `
Examples:
  npm run -s cli -- settings | less                     all of them
  npm run -s cli -- permissions explain exchangeGroups  one of them, with what it brings
`;

/** `settings`: what may stand in a stack file. `settings --help` says it too, because that is what errors point to. */
export function register(program: Command): void {
  program
    .command("settings")
    .description("every setting of a stack file and of every profile")
    .option("--json", "print the reference as JSON")
    .addHelpText("after", () => `${examples}\n${referenceText(settingsReference())}`)
    .action((options) => {
      printResult(settingsReference(), { json: options.json, text: referenceText });
    });
}

function referenceText(sections: readonly SettingsSection[]): string {
  return sections
    .map(({ title, settings }) => [palette().bold(title), ...settings.flatMap(settingLines)].join("\n"))
    .join("\n\n");
}

function settingLines({
  name,
  accepts,
  required,
  description,
  ...rest
}: SettingReference): readonly string[] {
  const value = required ? "required" : rest.default === undefined ? "" : `default ${rest.default}`;
  return [
    `  ${name}  ${palette().dim([accepts, value].filter((part) => part !== "").join("; "))}`,
    `      ${description}`,
  ];
}
