import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { Stack } from "@pulumi/pulumi/automation";
import { installLocalPlugins } from "../../infra/local/engine";
import { confirm } from "../lib/confirm";
import {
  type Changes,
  changeCount,
  type DeployOptions,
  deployStack,
  describeChanges,
  openLog,
  previewStack,
} from "../lib/deploy";
import { formatDuration, parseDuration } from "../lib/duration";
import { UserError } from "../lib/errors";
import { printResult } from "../lib/output";
import { choosePolicyPacks } from "../lib/policy-pack";
import { withProgress } from "../lib/progress";
import { type Repair, repairInterrupted } from "../lib/repair";
import { repairText } from "../lib/repair/text";
import { isLocal } from "../lib/stack/environment";
import { findStack, type StackReference } from "../lib/stack/project";
import { openStack } from "../lib/stack/workspace";

const examples = `
Examples:
  npm run -s cli -- up                                  the dev stack, on the local tenant
  npm run -s cli -- up --stack contoso --preview-only   what would change
  npm run -s cli -- up --stack contoso --yes            in a pipeline
  npm run -s cli -- up --refresh                        also puts right what was changed by hand

It is plain "pulumi up" with one thing more: when the last run was killed, it first clears the stale lock, finds what that run
had made without writing it down (by the tag entra-connectors:<stack>/<connector>), takes it into the state, and removes
secrets whose value was lost.
`;

interface UpOptions {
  readonly stack: string;
  readonly cwd?: string | undefined;
  readonly yes?: true | undefined;
  readonly previewOnly?: true | undefined;
  readonly skipPreview?: true | undefined;
  readonly refresh?: true | undefined;
  readonly policyPack?: string[] | undefined;
  readonly policyPackConfig?: string[] | undefined;
  readonly settle: number;
  readonly json?: true | undefined;
}

/** What \`up\` did. */
interface UpResult {
  readonly stack: string;
  /** Null when the last run had ended well. */
  readonly repair: Repair | null;
  /** Null with --skip-preview. */
  readonly preview: Changes | null;
  /** Null with --preview-only. */
  readonly changes: Changes | null;
  readonly seconds: number;
  readonly log: string;
}

type HowToDeploy = Omit<DeployOptions, "progress">;

/** `up`: repairs what an interrupted run left, then deploys. */
export function register(program: Command): void {
  program
    .command("up")
    .description("deploy a stack; repairs what an interrupted run left behind first")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--yes", "don't ask; needed outside a terminal unless the stack is local")
    .option("--preview-only", "show what would change and repair nothing")
    .option("--skip-preview", "deploy at once; needs --yes unless the stack is local")
    .option("--refresh", "read every resource anew first")
    .option(
      "--policy-pack <folders...>",
      "judge the deployment by these policy packs; default: the project's policies folder",
    )
    .option("--policy-pack-config <files...>", "configuration of the policy packs, one file a pack")
    .option(
      "--settle <duration>",
      "how long a new object may take to show up in lists, after a kill",
      duration,
      30_000,
    )
    .option("--json", "print the result as JSON")
    .addHelpText("after", examples)
    .action(async (options) => {
      if (options.previewOnly && options.skipPreview) {
        throw new UserError("--preview-only and --skip-preview exclude each other.", {
          next: "Give one of them.",
        });
      }
      printResult(await up(options), { json: options.json, text: upText });
    });
}

async function up(options: UpOptions): Promise<UpResult> {
  const startedAt = Date.now();
  const reference = findStack(options.stack, options.cwd);
  const policyPacks = choosePolicyPacks(reference.directory, options.policyPack, options.policyPackConfig);
  const log = openLog("up");
  const how = { policyPacks, refresh: options.refresh === true, log };
  if (isLocal(reference)) await installLocalPlugins();
  const stack = await openStack(reference, { create: true });
  const repair = options.previewOnly ? undefined : await repairFirst(reference, options);
  const planned = options.skipPreview ? null : await previewFirst(stack, how);
  const changes = options.previewOnly ? null : await deploy(stack, reference, planned, options, how);
  await log.close();
  const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
  return { stack: reference.name, repair: repair ?? null, preview: planned, changes, seconds, log: log.path };
}

async function previewFirst(stack: Stack, how: HowToDeploy): Promise<Changes> {
  const run = (progress: (line: string) => void) => previewStack(stack, { ...how, progress });
  return (await withProgress("preview", run)).changes;
}

function repairFirst(reference: StackReference, { settle }: UpOptions): Promise<Repair | undefined> {
  return withProgress("last deployment", (progress) => repairInterrupted(reference, { settle, progress }));
}

async function deploy(
  stack: Stack,
  reference: StackReference,
  planned: Changes | null,
  options: UpOptions,
  how: HowToDeploy,
): Promise<Changes> {
  if (!options.yes && !isLocal(reference)) await ask(reference, planned);
  const done = await withProgress("pulumi up", (progress) => deployStack(stack, { ...how, progress }));
  return done.changes;
}

async function ask(reference: StackReference, planned: Changes | null): Promise<void> {
  if (planned && changeCount(planned) === 0) return;
  const what = planned ? describeChanges(planned, "future") : "without a preview";
  await confirm(`Deploy ${reference.name}: ${what}?`, "Add --yes to deploy without a question.");
}

function upText({ stack, repair, preview, changes, seconds, log }: UpResult): string {
  const lines = repair ? [repairText(repair)] : [];
  if (changes === null) lines.push(`${stack}: ${describeChanges(preview ?? {}, "future")}`);
  else lines.push(`${stack}: ${describeChanges(changes, "past")} in ${formatDuration(seconds * 1000)}`);
  lines.push(`Full log: ${log}`);
  return lines.join("\n");
}

function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) throw new InvalidArgumentError("Use for example 30s or 2m.");
  return milliseconds;
}
