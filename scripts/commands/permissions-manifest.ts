import type { Command } from "@commander-js/extra-typings";
import type { Manifest } from "../../components/permissions/manifest";
import { plan } from "../../components/permissions/plan";
import { manifestText } from "../lib/manifest/text";
import { printResult } from "../lib/output";
import { readStackSettings } from "../lib/stack-settings";
import { palette } from "../lib/terminal";

const help = `
Plans without the cloud, the engine or a credential. What needs an acknowledgement is named on standard error and
planned all the same; deploying refuses it.

Examples:
  npm run -s cli -- permissions manifest --stack dev
  npm run -s cli -- permissions manifest --settings Pulumi.contoso.yaml --json

Exit codes: 0 planned (also with warnings), 1 bad settings or no such file.
`;

/** `permissions manifest`: every permission of a stack with its reason. */
export function registerManifest(permissions: Command): void {
  permissions
    .command("manifest")
    .description("every permission, role and credential of a stack, with the reason")
    .option("--stack <name>", "the stack whose file Pulumi.<name>.yaml is read")
    .option("--settings <file>", "a Pulumi stack file")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print the manifest as JSON")
    .addHelpText("after", help)
    .action((options) => {
      const settings = readStackSettings(options, { unacknowledged: "warn" });
      const manifest = plan(settings);
      warn([...settings.warnings, ...missingAcknowledgements(manifest)]);
      printResult(manifest, { json: options.json, text: manifestText });
    });
}

function warn(lines: readonly string[]): void {
  const colours = palette(process.stderr);
  for (const line of lines) process.stderr.write(`${colours.yellow("warning")} ${line}\n`);
}

function missingAcknowledgements({ connectors }: Manifest): readonly string[] {
  return connectors.flatMap(({ name, needsAcknowledgement }) =>
    needsAcknowledgement
      .filter(({ acknowledged }) => !acknowledged)
      .map(
        ({ rule, finding, reason }) =>
          `${name}: ${finding} needs an acknowledgement (rule ${rule}). ${reason}`,
      ),
  );
}
