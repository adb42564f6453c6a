import { rmSync } from "node:fs";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { isAlive } from "./endpoint";
import { readFileIfThere, writePrivateFile } from "./files";

/** A tenant already runs on this folder: two processes must not write one journal. */
class TenantRunningError extends Error {
  override readonly name = "TenantRunningError";

  constructor(directory: string) {
    super(
      `A local tenant already runs on ${directory}. \`tenant status\` shows it, \`tenant stop\` ends it.`,
    );
  }
}

/** A claim that nobody renewed for this long is void, for the case that the process id is in use again. */
const stale = 60_000;

/** How often the claim is renewed, which is also when a folder that was deleted is noticed. */
const renewal = 2_000;

/**
 * Claims the folder for this process and answers how to give it up. A claim of a process that was killed is taken over.
 * @throws TenantRunningError
 */
export async function claimDirectory(directory: string): Promise<() => Promise<void>> {
  const pidFile = join(directory, "tenant.pid");
  const lockfilePath = join(directory, "tenant.lock");
  const owner = Number(readFileIfThere(pidFile) ?? 0);
  if (owner > 0 && !isAlive(owner)) rmSync(lockfilePath, { recursive: true, force: true });
  try {
    const onCompromised = (error: Error) => claimLost(error, pidFile);
    const release = await lock(directory, { lockfilePath, stale, update: renewal, onCompromised });
    writePrivateFile(pidFile, String(process.pid));
    return async () => {
      rmSync(pidFile, { force: true });
      await release();
    };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ELOCKED")
      throw new TenantRunningError(directory);
    throw error;
  }
}

/**
 * A machine that slept is the usual reason: the tenant goes on. When the folder was deleted, or is another process's by now,
 * nobody can find this tenant any more, so it ends and gives its port back.
 */
function claimLost(error: Error, pidFile: string): void {
  process.stderr.write(`The claim on the tenant's folder was lost: ${error.message}\n`);
  if (readFileIfThere(pidFile) !== String(process.pid)) process.exit(1);
}
