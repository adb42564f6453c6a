import { type Command, Option } from "@commander-js/extra-typings";
import type { StackOutputs } from "../../infra/outputs";
import { withBoard } from "../lib/collect/board";
import { collectingApp, openApp } from "../lib/collect/deployed/app";
import { startDeployed, watchDeployed } from "../lib/collect/deployed/collect";
import { collectLocally, planLocal } from "../lib/collect/local/collect";
import { collectionFolder } from "../lib/collect/local/folder";
import { type CollectReport, exitCodeOf } from "../lib/collect/report";
import { chooseSubjects, type Subject } from "../lib/collect/subjects";
import { collectText } from "../lib/collect/text";
import { UserError } from "../lib/errors";
import { interruptible } from "../lib/interrupt";
import { printResult } from "../lib/output";
import { withProgress } from "../lib/progress";
import { readOutputs } from "../lib/stack/outputs";
import { findStack } from "../lib/stack/project";
import { register as registerPackage } from "./collect-package";
import { register as registerPurge } from "./collect-purge";
import { register as registerStatus } from "./collect-status";

const examples = `
Examples:
  npm run -s cli -- collect --deployed                       have the function app collect everything, and watch
  npm run -s cli -- collect identity-manager-contoso         collect on this machine, into .local/collected
  npm run -s cli -- collect -s users -s groups --resync      read these streams anew; only differences are written
  npm run -s cli -- collect status                           how the streams stand

On this machine it signs in with the credential that the vendor's product was given; a connector whose credential may
not leave its place (a managed identity's, a key in a vault) is collected with --deployed. Ctrl-C saves what was read:
the same command goes on from there.

Exit codes: 0 every stream is complete; 3 complete but for what the tenant does not offer; 2 not complete: the status
names what is missing, and the next run resumes; 1 bad input, or nothing could be begun.
`;

interface CollectOptions {
  readonly stack: string;
  readonly cwd?: string | undefined;
  readonly stream?: readonly string[] | undefined;
  readonly resync?: true | undefined;
  readonly deployed?: true | undefined;
  readonly output?: string | undefined;
}

/** `collect [connector]`, `collect status`, `collect purge`, `collect package`. */
export function register(program: Command): void {
  const command = program
    .command("collect")
    .description("run streams of the collector now, on this machine or in the deployed function app")
    .argument("[connector]", "name or slug of one connector; without it: every one that is read")
    .option("-s, --stream <name>", "a stream, for example users; may be given again", collectValues)
    .option("--resync", "read everything although there is a checkpoint; only differences are written")
    .option("--deployed", "have the stack's function app do it")
    .addOption(
      new Option("--output <folder>", "where this machine writes; default: .local/collected/<stack>"),
    )
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print the statuses as JSON")
    .addHelpText("after", examples)
    .action(async (connector, options) => {
      const report = await collect(connector, options);
      printResult(report, { json: options.json, text: collectText });
      process.exitCode = exitCodeOf(report.streams);
    });
  registerStatus(command as unknown as Command);
  registerPurge(command as unknown as Command);
  registerPackage(command as unknown as Command);
}

async function collect(connector: string | undefined, options: CollectOptions): Promise<CollectReport> {
  if (options.deployed && options.output !== undefined) {
    throw new UserError(
      "--deployed and --output exclude each other: the function app writes to its own storage.",
      {
        next: "Give one of them.",
      },
    );
  }
  const outputs = await withProgress("stack", () => readOutputs(findStack(options.stack, options.cwd)));
  const subjects = chooseSubjects(outputs, { connector, streams: options.stream });
  return options.deployed
    ? inFunctionApp(outputs, connector, options)
    : onThisMachine(outputs, subjects, options);
}

async function onThisMachine(
  outputs: StackOutputs,
  subjects: readonly Subject[],
  options: CollectOptions,
): Promise<CollectReport> {
  const folder = collectionFolder(options.stack, options.output);
  const plan = await planLocal(subjects, outputs);
  const rows = plan.ready.flatMap(({ subject }) =>
    subject.streams.map((stream) => ({ connector: subject.slug, stream })),
  );
  const notice = "Stopping: what was read is being saved. Ctrl-C again ends at once.";
  return interruptible(notice, (signal) =>
    withBoard(rows, (report) =>
      collectLocally(plan, { folder, resync: options.resync === true, signal, report }),
    ),
  );
}

async function inFunctionApp(
  outputs: StackOutputs,
  connector: string | undefined,
  { stream, resync }: CollectOptions,
): Promise<CollectReport> {
  const app = collectingApp(outputs);
  const selection = {
    ...(connector === undefined ? {} : { connectors: [slugFor(outputs, connector)] }),
    ...(stream === undefined ? {} : { streams: stream }),
  };
  const client = await openApp(app, outputs);
  const started = await withProgress("work queue", () => startDeployed(client, selection, resync === true));
  const notice = "No longer watching. The function app goes on.";
  return interruptible(notice, (signal) =>
    withBoard(started.rows, (report) => watchDeployed(client, started, { signal, report })),
  );
}

function slugFor(outputs: StackOutputs, connector: string): string {
  return chooseSubjects(outputs, { connector })[0]?.slug ?? connector;
}

function collectValues(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
