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
    const release = await lock(directory, { lockfilePath, stale, update: stale / 6, onCompromised: warn });
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

/** A machine that slept is the usual reason; the tenant goes on, a second one would find its port in use. */
function warn(error: Error): void {
  process.stderr.write(`The claim on the tenant's folder was lost: ${error.message}\n`);
}
