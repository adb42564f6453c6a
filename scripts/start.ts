/** `npm start`: from nothing to a connected tenant, and the same again without a change. */
import { Command, Option } from "@commander-js/extra-typings";
import { exitCodeOf, exitCodes } from "./lib/collect/report";
import { allConnected } from "./lib/connection/report";
import { printResult } from "./lib/output";
import { reportStrayFailures, surviveClosedOutput } from "./lib/process-edges";
import { reportError } from "./lib/report-error";
import { runStart, startText } from "./lib/start";

const program = new Command("npm start --")
  .description(
    "Starts the local tenant, deploys a stack into it, has the collector run and tests every connection.",
  )
  .option("--stack <name>", "a stack of the local tenant", "dev")
  .addOption(
    new Option("--plugins <kind>", "official: the vendors' provider plugins, where they can be had")
      .choices(["local", "official"] as const)
      .default("local" as const),
  )
  .option("--json", "print the result as JSON")
  .option("--debug", "show the stack trace of a failure")
  .addHelpText("after", "\nIt is safe to run again: what is there already stays as it is.");

async function main(): Promise<number> {
  program.parse();
  const { json, debug = false, stack, plugins } = program.opts();
  try {
    const result = await runStart({ stack, plugins });
    printResult(result, { json, text: startText });
    const incomplete = exitCodeOf(result.collector?.streams ?? []) === exitCodes.notComplete;
    return allConnected(result.connections) && !incomplete ? 0 : 1;
  } catch (error) {
    return reportError(error, { debug, json: json === true });
  }
}

surviveClosedOutput();
reportStrayFailures(process.argv.slice(2));
main().then((exitCode) => {
  process.exitCode = exitCode;
});
