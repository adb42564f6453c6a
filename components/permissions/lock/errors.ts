/** What can be wrong with a lock file, a class each: the message says what, `next` says how to mend it. */
import { basename } from "node:path/posix";

/** Largest lock file that is read, bytes. A thousand connectors fit. */
export const maximumBytes = 5 * 1024 * 1024;

/** The command that writes the lock file anew. */
function lockCommand(file: string): string {
  return `npm run -s cli -- permissions lock --stack ${basename(file, ".json")}`;
}

/** Any lock file that can't be used. */
export abstract class LockFileError extends Error {
  constructor(
    /** Path of the file, with the commit where it is not the work tree's. */
    readonly file: string,
    message: string,
    /** How to mend it. */
    readonly next: string,
  ) {
    super(message);
  }
}

/** There is no lock file where one must be. */
export class MissingLockError extends LockFileError {
  override readonly name = "MissingLockError";
  constructor(file: string) {
    super(
      file,
      `${file} is missing: nobody could review what its stack may do.`,
      `Write it: ${lockCommand(file)}`,
    );
  }
}

/** A merge was left undecided in it. */
export class LockConflictError extends LockFileError {
  override readonly name = "LockConflictError";
  constructor(file: string, line: number) {
    super(
      file,
      `${file} has merge conflict markers, the first in line ${line}.`,
      `Settle the conflict in the stack file, not here; then write the lock anew: ${lockCommand(file)}`,
    );
  }
}

/** It is larger than any lock that this product writes. */
export class LockTooLargeError extends LockFileError {
  override readonly name = "LockTooLargeError";
  constructor(file: string, bytes: number) {
    const megabytes = (bytes / 1024 / 1024).toFixed(1);
    super(
      file,
      `${file} has ${megabytes} MB; a lock file has at most ${maximumBytes / 1024 / 1024} MB, so it is not read.`,
      `See what got into it, then write it anew: ${lockCommand(file)}. A stack that is really so large is better split.`,
    );
  }
}

/** It does not parse as JSON. */
export class LockNotJsonError extends LockFileError {
  override readonly name = "LockNotJsonError";
  constructor(file: string, detail: string) {
    super(file, `${file} is not JSON: ${detail}.`, `Write it anew: ${lockCommand(file)}`);
  }
}

/** A later version of this product wrote it. */
export class NewerLockFormatError extends LockFileError {
  override readonly name = "NewerLockFormatError";
  constructor(file: string, found: number, known: number) {
    super(
      file,
      `${file} has format version ${found}; this version of entra-connectors knows ${known}.`,
      "Update entra-connectors (git pull, npm ci), then run this again. Don't write the lock with the older version.",
    );
  }
}

/** It is JSON, and not what `permissions lock` writes: somebody, or a merge, edited it. */
export class EditedLockError extends LockFileError {
  override readonly name = "EditedLockError";
  constructor(file: string, detail: string) {
    super(
      file,
      `${file} was edited by hand or by a merge: ${detail}`,
      `A lock file is made of the stack's settings: change those, then run ${lockCommand(file)}`,
    );
  }
}
