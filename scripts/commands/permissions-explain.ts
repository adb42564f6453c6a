import { type Command, Option } from "@commander-js/extra-typings";
import { explain, UnknownSubjectError } from "../../components/permissions/explain";
import type { SettingText } from "../../components/permissions/explain/setting";
import { settingsReference } from "../../infra/settings/reference";
import { UserError } from "../lib/errors";
import { apiChoices, apiNamed } from "../lib/explain/api-option";
import { explanationsText } from "../lib/explain/text";
import { printResult } from "../lib/output";

const help = `
Examples:
  npm run -s cli -- permissions explain conductorone          a profile: settings, permissions, the vendor's list
  npm run -s cli -- permissions explain User.ReadWrite.All    a permission, by name or id
  npm run -s cli -- permissions explain "Exchange Administrator"
  npm run -s cli -- permissions explain groups.read           a capability
  npm run -s cli -- permissions explain provision             a setting

Exit codes: 0 explained; 1 nothing goes by that name.
`;

/** `permissions explain`: everything known about a permission, directory role, capability, profile or setting. */
export function registerExplain(permissions: Command): void {
  permissions
    .command("explain")
    .description("what a permission, directory role, capability, profile or setting means")
    .argument("<name>", "its name, or a permission's id")
    .addOption(new Option("--api <api>", "where several APIs publish the permission").choices(apiChoices))
    .option("--json", "print the explanation as JSON")
    .addHelpText("after", help)
    .action((name, { api, json }) => {
      printResult(explanationsOf(name, apiNamed(api)), { json, text: explanationsText });
    });
}

/** @throws UserError when nothing goes by that name. */
function explanationsOf(name: string, api: ReturnType<typeof apiNamed>) {
  try {
    return explain(name, { api, settings: settingTexts() });
  } catch (error) {
    if (!(error instanceof UnknownSubjectError)) throw error;
    throw new UserError(error.message, {
      next: "All permissions: npm run -s cli -- permissions list. All settings: npm run -s cli -- settings",
    });
  }
}

function settingTexts(): readonly SettingText[] {
  return settingsReference().flatMap(({ title, settings }) =>
    settings.map(({ name, accepts, description, ...rest }) => ({
      name,
      section: title,
      accepts,
      description,
      ...(rest.default === undefined ? {} : { default: rest.default }),
    })),
  );
}
