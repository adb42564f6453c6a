/** How stack files and lock files are called. */

/** Folder of the lock files, below the project. */
export const lockFolder = "infra/permissions";

/** Path of a stack's lock file, below the project. */
export function lockPath(stack: string): string {
  return `${lockFolder}/${stack}.json`;
}

/** The stack of a lock file's name, or undefined when it is another file. */
export function stackOfLock(file: string): string | undefined {
  return /^([A-Za-z0-9._-]+)\.json$/.exec(file)?.[1];
}

/** The stack of a stack file's name (`Pulumi.<stack>.yaml`), or undefined when it is another file. */
export function stackOfFile(file: string): string | undefined {
  return /^Pulumi\.([A-Za-z0-9._-]+)\.yaml$/.exec(file)?.[1];
}
