import type { Command } from "@commander-js/extra-typings";
import type { StackOutputs } from "../../infra/outputs";
import { collectingApp, openApp } from "../lib/collect/deployed/app";
import { collectionFolder, purgeFolder, purgeReports } from "../lib/collect/local/folder";
import type { Purged } from "../lib/collect/purge";
import { chooseSubjects, type Subject } from "../lib/collect/subjects";
import { number } from "../lib/collect/words";
import { confirm } from "../lib/confirm";
import { count, printResult, table } from "../lib/output";
import { readOutputs } from "../lib/stack/outputs";
import { findStack } from "../lib/stack/project";

const examples = `
Examples:
  npm run -s cli -- collect purge                                       what this machine collected of the dev stack
  npm run -s cli -- collect purge collector-contoso -s users --deployed --yes

Deletes data, checkpoints and status of the streams; the next run reads everything. Without --stream also what reports
keep of the risks by day. It asks first, or needs --yes.
`;

interface PurgeOptions {
  readonly stack: string;
  readonly cwd?: string | undefined;
  readonly stream?: readonly string[] | undefined;
  readonly deployed?: true | undefined;
  readonly output?: string | undefined;
  readonly yes?: true | undefined;
}

/** `collect purge [connector]`: deletes what was collected. */
export function register(collect: Command): void {
  collect
    .command("purge")
    .description("delete what was collected, with its checkpoints")
    .argument("[connector]", "name or slug of one connector; without it: all")
    .option("-s, --stream <name>", "a stream; may be given again", collectValues)
    .option("--deployed", "in the storage of the stack's function app")
    .option("--output <folder>", "the folder that was collected into; default: .local/collected/<stack>")
    .option("--yes", "don't ask; needed outside a terminal")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print what was deleted as JSON")
    .addHelpText("after", examples)
    // The options of collect are listed once, here as this command's own.
    .configureHelp({ showGlobalOptions: false })
    .action(async (connector, _, command) => {
      const options = command.optsWithGlobals();
      const purged = await purge(connector, options);
      printResult(purged, { json: options.json, text: purgedText });
      if (purged.some(({ busy }) => busy)) process.exitCode = 1;
    });
}

async function purge(connector: string | undefined, options: PurgeOptions): Promise<readonly Purged[]> {
  const outputs = await readOutputs(findStack(options.stack, options.cwd));
  const subjects = chooseSubjects(outputs, { connector, streams: options.stream });
  const folder = collectionFolder(options.stack, options.output);
  const place = options.deployed ? `the function app ${collectingApp(outputs).name}` : folder;
  if (!options.yes) await confirm(questionText(subjects, place), "Add --yes to delete without a question.");
  const slugs = subjects.map(({ slug }) => slug);
  const whole = options.stream === undefined;
  return options.deployed
    ? [
        ...(await purgeDeployed(outputs, connector, subjects, options.stream)),
        ...(whole ? await purgeReports(options.stack, slugs) : []),
      ]
    : purgeFolder(folder, subjects, whole);
}

async function purgeDeployed(
  outputs: StackOutputs,
  connector: string | undefined,
  subjects: readonly Subject[],
  streams: readonly string[] | undefined,
): Promise<readonly Purged[]> {
  const client = await openApp(collectingApp(outputs), outputs);
  return client.purge({
    ...(connector === undefined ? {} : { connectors: subjects.map(({ slug }) => slug) }),
    ...(streams === undefined ? {} : { streams }),
  });
}

function questionText(subjects: readonly Subject[], place: string): string {
  const streams = subjects.reduce((sum, subject) => sum + subject.streams.length, 0);
  return `Delete all data of ${count(streams, "stream")} of ${count(subjects.length, "connector")} in ${place}?`;
}

function purgedText(purged: readonly Purged[]): string {
  if (purged.length === 0) return "Nothing was there.";
  const rows = purged.map(({ connector, stream, blobs, busy }) => [
    connector,
    stream,
    busy ? "nothing: a run holds it; purge it again when that has ended" : `${number(blobs)} files`,
  ]);
  return table(["Connector", "Stream", "Deleted"], rows);
}

function collectValues(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
