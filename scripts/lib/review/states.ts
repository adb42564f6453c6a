/** A state of a repository as a review needs it: which lock files there are, and their content when it is asked for. */
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { maximumBytes } from "../../../components/permissions/lock/errors";
import { UserError } from "../errors";
import type { Repository } from "./git";
import { lockFolder, lockPath, stackOfFile, stackOfLock } from "./names";

/** A lock file before it is read. */
interface LockFile {
  /** Hash of the content, as git counts it: equal hashes, equal files. */
  readonly blob: string;
  readonly bytes: number;
}

/** The lock files of a commit or of the work tree. */
export interface State {
  /** As messages name it: `origin/main`, `the work tree`. */
  readonly name: string;
  /** By stack. */
  readonly locks: ReadonlyMap<string, LockFile>;
  /** Stacks that have a stack file. */
  readonly stackFiles: ReadonlySet<string>;
  /** Contents by stack; all at once, because a process for each would be slow. */
  readonly read: (stacks: readonly string[]) => ReadonlyMap<string, string>;
}

/**
 * The lock files of a commit.
 * @throws UserError when one of them is a link.
 */
export function stateOfCommit(repository: Repository, commit: string, name: string): State {
  const files = repository.filesOf(commit, `${lockFolder}/`).flatMap((file) => {
    const stack = stackOfLock(file.name);
    if (stack === undefined) return [];
    if (!file.plain) throw notPlain(stack, name);
    return [{ ...file, stack }];
  });
  const locks = new Map(files.map(({ stack, blob, bytes }) => [stack, { blob, bytes }]));
  return {
    name,
    locks,
    stackFiles: new Set(repository.filesOf(commit, "").flatMap((file) => stackOfFile(file.name) ?? [])),
    read: (stacks) => {
      const blobs = stacks.flatMap((stack) => locks.get(stack)?.blob ?? []);
      const contents = repository.contentsOf(blobs);
      return new Map(stacks.map((stack) => [stack, contents.get(locks.get(stack)?.blob ?? "") ?? ""]));
    },
  };
}

/**
 * The lock files as they lie in the project folder, committed or not.
 * @throws UserError when one of them is a link.
 */
export function stateOfWorkTree(project: string): State {
  const name = "the work tree";
  const folder = join(project, lockFolder);
  const texts = new Map<string, string>();
  const locks = new Map<string, LockFile>();
  for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const stack = stackOfLock(file);
    if (stack === undefined) continue;
    const path = join(folder, file);
    const { size } = lstatSync(path);
    if (!lstatSync(path).isFile()) throw notPlain(stack, name);
    // What is too large is not read; its size alone tells it from the other state's.
    const text = size > maximumBytes ? "" : readFileSync(path, "utf8").replaceAll("\r\n", "\n");
    texts.set(stack, text);
    locks.set(stack, { blob: size > maximumBytes ? `${size} bytes` : blobOf(text), bytes: size });
  }
  const stackFiles = readdirSync(project).flatMap((file) => stackOfFile(file) ?? []);
  return { name, locks, stackFiles: new Set(stackFiles), read: () => texts };
}

/** Git's own hash of a content. A repository of another object format takes every file for changed, and compares more. */
function blobOf(text: string): string {
  return createHash("sha1")
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest("hex");
}

function notPlain(stack: string, state: string): UserError {
  return new UserError(`${lockPath(stack)} in ${state} is a link or a folder, not a file.`, {
    next: `Delete it and write the lock: npm run -s cli -- permissions lock --stack ${stack}`,
  });
}
