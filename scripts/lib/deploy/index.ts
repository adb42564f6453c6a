/** Preview and deployment of a stack with progress, a full log and failures in words. */
import type { Stack } from "@pulumi/pulumi/automation";
import type { PolicyPacks } from "../policy-pack";
import { deploymentFailure } from "./failure";
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
 * Deploys the stack.
 * @throws UserError with cause, next step and the log's path
 */
export function deployStack(stack: Stack, options: DeployOptions): Promise<Outcome> {
  return watched("The deployment", options, (common) => stack.up(common));
}

type EngineOptions = NonNullable<Parameters<Stack["preview"]>[0]> & NonNullable<Parameters<Stack["up"]>[0]>;

async function watched(
  what: string,
  { policyPacks, refresh, log, progress }: DeployOptions,
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
    throw deploymentFailure(what, watcher, error, log.path);
  }
  return { changes: watcher.changes, violations: watcher.violations };
}
