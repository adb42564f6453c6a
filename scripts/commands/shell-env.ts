import { type Command, Option } from "@commander-js/extra-typings";
import { installLocalPlugins } from "../../infra/local/engine";
import { localEnvironment } from "../../infra/local/environment";
import { printResult } from "../lib/output";
import { type ShellName, shellLines, shells } from "../lib/shell-lines";

const examples = `
Examples:
  eval "$(npm run -s cli -- shell-env)" && pulumi preview --stack dev
  npm run -s cli -- shell-env --shell fish | source
  npm run -s cli -- shell-env --shell powershell | Out-String | Invoke-Expression

The output holds the deployer's client secret of the local tenant: evaluate it, don't keep it.
`;

/** `shell-env`: what to export so that the plain pulumi command works on the local tenant. */
export function register(program: Command): void {
  program
    .command("shell-env")
    .description("print what to export so that plain pulumi works on the local tenant")
    .addOption(
      new Option("--shell <name>", "write for this shell")
        .choices(Object.keys(shells) as ShellName[])
        .default("sh" as ShellName),
    )
    .option("--json", "print one JSON object of the variables instead")
    .addHelpText("after", examples)
    .action(async ({ json, shell }) => {
      const say = (line: string) => process.stderr.write(`… ${line}\n`);
      const environment = await localEnvironment(say);
      await installLocalPlugins();
      printResult(environment, { json, text: (variables) => shellLines(variables, shell) });
    });
}
