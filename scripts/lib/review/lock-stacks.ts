/** The lock files of a project: made of the stack files, compared with what is committed, written. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { differenceOfLocks } from "../../../components/permissions/diff/lock-difference";
import type { LockDifference } from "../../../components/permissions/diff/model";
import { lockText } from "../../../components/permissions/lock/canonical";
import { LockFileError } from "../../../components/permissions/lock/errors";
import { lockOf } from "../../../components/permissions/lock/lock-of";
import { parseLock } from "../../../components/permissions/lock/parse";
import type { Lock } from "../../../components/permissions/lock/schema";
import { plan } from "../../../components/permissions/plan";
import { projectRoot } from "../../../infra/local/paths";
import { UserError } from "../errors";
import { findStack } from "../stack/project";
import { readStackSettings } from "../stack-settings";
import { lockPath, stackOfFile, stackOfLock } from "./names";

/** Which stacks, and whether to write. */
export interface LockRequest {
  /** Undefined: all of the project. */
  readonly stacks?: readonly string[] | undefined;
  /** Folder with Pulumi.yaml. */
  readonly directory?: string | undefined;
  readonly write: boolean;
}

/** One stack's lock file. */
export interface StackLock {
  readonly stack: string;
  /** Path below the project. */
  readonly file: string;
  /** `orphaned`: its stack file is gone; with `write` the lock goes too. */
  readonly state: "current" | "missing" | "stale" | "orphaned";
  /** What the file on disk is short of, where it can be read. */
  readonly difference?: LockDifference;
  /** Why it can't be read. */
  readonly problem?: string;
}

/**
 * Compares, and with `write` writes, the lock files.
 * @throws UserError for a stack that is not there, SettingsError when its settings are bad: then nothing was written.
 */
export function lockStacks({ stacks, directory, write }: LockRequest): readonly StackLock[] {
  const project = directory === undefined ? projectRoot() : resolve(directory);
  const names = stacks ?? stacksOf(project);
  const planned = names.map((stack) => {
    const settings = join(findStack(stack, project).directory, `Pulumi.${stack}.yaml`);
    return { stack, lock: lockOf(plan(readStackSettings({ settings }, { unacknowledged: "warn" }))) };
  });
  const results = planned.map(({ stack, lock }) => compare(project, stack, lock));
  const orphans = stacks === undefined ? orphansOf(project, names) : [];
  if (write) {
    for (const { stack, lock } of planned) writeWhole(join(project, lockPath(stack)), lockText(lock));
    for (const { file } of orphans) rmSync(join(project, file));
  }
  return [...results, ...orphans];
}

function stacksOf(project: string): readonly string[] {
  const names = existsSync(project) ? readdirSync(project).flatMap((file) => stackOfFile(file) ?? []) : [];
  if (names.length > 0) return names.sort();
  throw new UserError(`${project} has no stack: there is no Pulumi.<name>.yaml.`, {
    next: "Run it in the folder with Pulumi.yaml, or name that with --cwd.",
  });
}

function orphansOf(project: string, names: readonly string[]): readonly StackLock[] {
  const folder = join(project, dirname(lockPath("any")));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => stackOfLock(file) ?? [])
    .filter((stack) => !names.includes(stack))
    .sort()
    .map((stack) => ({ stack, file: lockPath(stack), state: "orphaned" }));
}

function compare(project: string, stack: string, lock: Lock): StackLock {
  const file = lockPath(stack);
  const path = join(project, file);
  if (!existsSync(path)) return { stack, file, state: "missing" };
  const text = readFileSync(path, "utf8");
  if (text.replaceAll("\r\n", "\n") === lockText(lock)) return { stack, file, state: "current" };
  try {
    const difference = differenceOfLocks(parseLock(text, file, { past: true }), lock);
    return { stack, file, state: "stale", difference };
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    return { stack, file, state: "stale", problem: error.message };
  }
}

/** Whole or not at all: a run that is killed leaves the old file. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
