/** Deploys a stack: repairs what an interrupted run left behind, previews, asks where it must, and runs the engine. */
import type { Stack } from "@pulumi/pulumi/automation";
import { installLocalPlugins } from "../../infra/local/engine";
import { confirm } from "./confirm";
import {
  type Changes,
  changeCount,
  type DeployOptions,
  deployStack,
  describeChanges,
  openLog,
  previewStack,
} from "./deploy";
import { formatDuration } from "./duration";
import { choosePolicyPacks } from "./policy-pack";
import { withProgress } from "./progress";
import { type Repair, repairInterrupted } from "./repair";
import { repairText } from "./repair/text";
import { isLocal } from "./stack/environment";
import { findStack, type StackReference } from "./stack/project";
import { openStack } from "./stack/workspace";

/** Which stack, and how. */
export interface UpOptions {
  readonly stack: string;
  readonly cwd?: string | undefined;
  readonly yes?: true | undefined;
  readonly previewOnly?: true | undefined;
  readonly skipPreview?: true | undefined;
  readonly refresh?: true | undefined;
  readonly policyPack?: string[] | undefined;
  readonly policyPackConfig?: string[] | undefined;
  /** How long a new object may take to show up in lists after a kill, milliseconds. */
  readonly settle: number;
  readonly json?: true | undefined;
}

/** What `up` did. */
export interface UpResult {
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

/**
 * Deploys, or with `previewOnly` shows what would change.
 * @throws UserError with cause, next step and the log's path
 */
export async function up(options: UpOptions): Promise<UpResult> {
  const startedAt = Date.now();
  const reference = findStack(options.stack, options.cwd);
  const policyPacks = choosePolicyPacks(reference.directory, options.policyPack, options.policyPackConfig);
  const log = openLog("up");
  const how = { policyPacks, refresh: options.refresh === true, log };
  if (isLocal(reference)) await installLocalPlugins();
  const stack = await openStack(reference);
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

/** What was done, for a person. */
export function upText({ stack, repair, preview, changes, seconds, log }: UpResult): string {
  const lines = repair ? [repairText(repair)] : [];
  if (changes === null) lines.push(`${stack}: ${describeChanges(preview ?? {}, "future")}`);
  else lines.push(`${stack}: ${describeChanges(changes, "past")} in ${formatDuration(seconds * 1000)}`);
  lines.push(`Full log: ${log}`);
  return lines.join("\n");
}
