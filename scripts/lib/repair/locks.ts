/** Locks of the file backend that a killed deployment left behind. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const lockContent = z.looseObject({ pid: z.number(), hostname: z.string() });

/**
 * Removes this stack's locks whose process ran on this machine and is dead. A lock of a living process or of another machine
 * stays: the engine then refuses and says whose it is.
 * @param backendUrl PULUMI_BACKEND_URL; only `file://` backends keep locks as files
 * @returns how many were removed
 */
export function clearStaleLocks(
  backendUrl: string | undefined,
  stackName: string,
  isAlive: (pid: number) => boolean = processLives,
): number {
  if (!backendUrl?.startsWith("file:")) return 0;
  const root = join(fileURLToPath(backendUrl), ".pulumi", "locks", "organization");
  const stale = locksOf(root, stackName).filter((file) => isStale(file, isAlive));
  for (const file of stale) for (const part of [file, `${file}.attrs`]) rmSync(part, { force: true });
  return stale.length;
}

/** Lock files lie in `<project>/<stack>/<id>.json`. */
function locksOf(root: string, stackName: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root).flatMap((project) => {
    const folder = join(root, project, stackName);
    return existsSync(folder)
      ? readdirSync(folder)
          .filter((file) => file.endsWith(".json"))
          .map((file) => join(folder, file))
      : [];
  });
}

function isStale(file: string, isAlive: (pid: number) => boolean): boolean {
  try {
    const { pid, hostname: host } = lockContent.parse(JSON.parse(readFileSync(file, "utf8")));
    return host === hostname() && !isAlive(pid);
  } catch {
    // Being written or removed at this moment: somebody lives.
    return false;
  }
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
