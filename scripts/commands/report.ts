import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { parseThreshold, type SomeThresholds, ThresholdError } from "../../components/state";
import type { StackOutputs } from "../../infra/outputs";
import { UserError } from "../lib/errors";
import { printResult } from "../lib/output";
import { withProgress } from "../lib/progress";
import { makeReport, reportMarkdown, reportText, writeReport } from "../lib/report";
import { readOutputs } from "../lib/stack/outputs";
import { findStack } from "../lib/stack/project";

const examples = `
Examples:
  npm run -s cli -- report                                   of what this machine collected, else of the function app's data
  npm run -s cli -- report --deployed --output report.html   of the function app's storage
  npm run -s cli -- report --threshold inactiveUserDays=90   what a risk tolerates, for this report; else as the settings say
  npm run -s cli -- report --markdown                        a summary for a ticket, on standard output
  npm run -s cli -- report --json                            everything but the rows of events, as JSON

The page is one file that loads nothing: risks with evidence, sign-ins, changes, mailboxes used by others, permissions,
credentials, and how complete the collection is. Reading the function app's storage needs Storage Blob Data Reader.
It names people: it is written for you alone (mode 600).
`;

interface ReportOptions {
  readonly stack: string;
  readonly cwd?: string | undefined;
  readonly from?: string | undefined;
  readonly deployed?: true | undefined;
  readonly output?: string | undefined;
  readonly days?: number | undefined;
  readonly threshold?: readonly SomeThresholds[] | undefined;
  readonly evidence?: number | undefined;
  readonly json?: true | undefined;
  readonly markdown?: true | undefined;
}

/** `report`: one page about what was collected. */
export function register(program: Command): void {
  program
    .command("report")
    .description("one HTML page about what was collected: risks, sign-ins, changes, permissions, credentials")
    .option("--deployed", "of what the stack's function app collected")
    .option("--from <folder>", "of a folder that was collected into; default: .local/collected/<stack>")
    .option("-o, --output <file>", "where the page is written; default: .local/reports/<stack>.html")
    .option("--days <number>", "events of so many days, 1 to 400; default 30", parseDays)
    .option(
      "--threshold <name=value>",
      "what a risk tolerates, staleGuestDays=60 for example; may be given again; above the settings",
      collectThresholds,
    )
    .option(
      "--evidence <number>",
      "rows of evidence for each risk, 1 to 1,000,000; default 1,000",
      parseEvidence,
    )
    .option("--json", "print the report as JSON; a page is written only with --output")
    .option("--markdown", "print a summary for a ticket; a page is written only with --output")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .addHelpText("after", examples)
    .action(report);
}

async function report(options: ReportOptions): Promise<void> {
  if (options.json && options.markdown) {
    throw new UserError("--json and --markdown exclude each other.", { next: "Give one of them." });
  }
  const built = await withProgress("report", async (progress) => {
    progress("reading the stack's outputs");
    const { outputs, notes } = await outputsOf(options);
    progress("reading what was collected");
    return makeReport({ ...options, notes }, outputs);
  });
  const toStandardOutput = options.json || options.markdown;
  const path =
    toStandardOutput && options.output === undefined ? undefined : await writeReport(built, options.output);
  if (options.markdown) process.stdout.write(reportMarkdown(built.report));
  else printResult(built.report, { json: options.json, text: (said) => reportText(said, path ?? "") });
}

/** A named folder is shown although its stack can't be read here, without permissions and credentials. */
async function outputsOf({
  stack,
  cwd,
  from,
}: ReportOptions): Promise<{ outputs: StackOutputs | undefined; notes: readonly string[] }> {
  try {
    return { outputs: await readOutputs(findStack(stack, cwd)), notes: [] };
  } catch (error) {
    if (from === undefined || !(error instanceof UserError)) throw error;
    return {
      outputs: undefined,
      notes: [
        `Permissions and credentials are left out: the stack ${stack} could not be read. ${error.message}`,
      ],
    };
  }
}

const parseDays = (text: string): number => parseWhole(text, 400);
const parseEvidence = (text: string): number => parseWhole(text, 1_000_000);

function parseWhole(text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${most.toLocaleString("en-US")}.`);
}

function collectThresholds(
  text: string,
  previous: readonly SomeThresholds[] = [],
): readonly SomeThresholds[] {
  try {
    return [...previous, parseThreshold(text)];
  } catch (error) {
    if (error instanceof ThresholdError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
