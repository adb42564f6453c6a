import type { Command } from "@commander-js/extra-typings";
import type { StreamStatus } from "../../components/collector/function/model/status";
import type { StackOutputs } from "../../infra/outputs";
import { collectingApp, openApp } from "../lib/collect/deployed/app";
import { collectionFolder, localStatuses } from "../lib/collect/local/folder";
import { exitCodeOf } from "../lib/collect/report";
import { chooseSubjects } from "../lib/collect/subjects";
import { problemTexts, streamTable } from "../lib/collect/text";
import { printResult } from "../lib/output";
import { readOutputs } from "../lib/stack/outputs";
import { findStack } from "../lib/stack/project";

const examples = `
Examples:
  npm run -s cli -- collect status --deployed     how the function app's streams stand
  npm run -s cli -- collect status --json         of the collections on this machine

Exit codes as of collect: 0 every stream is complete, 3 complete but for what the tenant does not offer, 2 not complete.
`;

interface StatusOptions {
  readonly stack: string;
  readonly cwd?: string | undefined;
  readonly deployed?: true | undefined;
  readonly output?: string | undefined;
}

/** `collect status`: how each stream stands, without touching any. */
export function register(collect: Command): void {
  collect
    .command("status")
    .description("how each stream stands")
    .option("--deployed", "of the stack's function app")
    .option("--output <folder>", "the folder that was collected into; default: .local/collected/<stack>")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print the statuses as JSON")
    .addHelpText("after", examples)
    // The options of collect are listed once, here as this command's own.
    .configureHelp({ showGlobalOptions: false })
    .action(async (_, command) => {
      const options = command.optsWithGlobals();
      const statuses = await statusesOf(options);
      printResult(statuses, { json: options.json, text: statusText });
      process.exitCode = exitCodeOf(statuses);
    });
}

async function statusesOf(options: StatusOptions): Promise<readonly StreamStatus[]> {
  const outputs = await readOutputs(findStack(options.stack, options.cwd));
  return options.deployed
    ? deployedStatuses(outputs)
    : localStatuses(collectionFolder(options.stack, options.output), chooseSubjects(outputs, {}));
}

async function deployedStatuses(outputs: StackOutputs): Promise<readonly StreamStatus[]> {
  return (await openApp(collectingApp(outputs), outputs)).statuses();
}

function statusText(statuses: readonly StreamStatus[]): string {
  if (statuses.length === 0) return "No stream has been collected yet.";
  return [streamTable(statuses), ...problemTexts(statuses)].join("\n\n");
}
