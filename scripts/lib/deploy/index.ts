/** Preview and deployment of a stack with progress, a full log and failures in words. */
import type { Stack } from "@pulumi/pulumi/automation";
import { interruptible } from "../interrupt";
import type { PolicyPacks } from "../policy-pack";
import { deploymentFailure, interruption } from "./failure";
import type { RunLog } from "./log";
import { type Changes, type Violation, Watcher } from "./watcher";

export { openLog, type RunLog } from "./log";
export { type Changes, changeCount, describeChanges, type Violation } from "./watcher";

/** How to run. */
export interface DeployOptions {
  readonly policyPacks: PolicyPacks;
  /** Read every resource anew first, so that what was changed by hand is put right. */
  readonly refresh: boolean;
  readonly log: RunLog;
  readonly progress: (line: string) => void;
}

/** What a preview or deployment came to. */
export interface Outcome {
  readonly changes: Changes;
  readonly violations: readonly Violation[];
}

/**
 * Previews the stack.
 * @throws UserError with cause, next step and the log's path
 */
export function previewStack(stack: Stack, options: DeployOptions): Promise<Outcome> {
  return watched("The preview", options, (common) => stack.preview(common));
}

/**
 * Deploys the stack. Ctrl-C stops it without leaving anything half done.
 * @throws UserError with cause, next step and the log's path
 */
export function deployStack(stack: Stack, options: DeployOptions): Promise<Outcome> {
  return interruptible(stopping, (signal) =>
    watched("The deployment", { ...options, interrupted: signal }, (common) =>
      stack.up(isForeground() ? common : { ...common, signal }),
    ),
  );
}

const stopping =
  "Stopping: the engine finishes what is under way. Ctrl-C again ends it at once and leaves that half done.";

/** A terminal sends Ctrl-C to the engine as well; twice would mean at once. */
function isForeground(): boolean {
  return [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
}

type EngineOptions = NonNullable<Parameters<Stack["preview"]>[0]> & NonNullable<Parameters<Stack["up"]>[0]>;

async function watched(
  what: string,
  {
    policyPacks,
    refresh,
    log,
    progress,
    interrupted,
  }: DeployOptions & { readonly interrupted?: AbortSignal },
  run: (options: EngineOptions) => Promise<unknown>,
): Promise<Outcome> {
  const watcher = new Watcher(progress);
  const onOutput = (text: string): void => log.write(text);
  try {
    await run({
      onEvent: watcher.onEvent,
      onOutput,
      onError: onOutput,
      refresh,
      color: "never",
      ...(policyPacks.folders.length > 0 ? { policyPacks: [...policyPacks.folders] } : {}),
      ...(policyPacks.configs.length > 0 ? { policyPackConfigs: [...policyPacks.configs] } : {}),
    });
  } catch (error) {
    if (interrupted?.aborted) throw interruption(error, log.path);
    throw deploymentFailure(what, watcher, error, log.path);
  }
  return { changes: watcher.changes, violations: watcher.violations };
}
