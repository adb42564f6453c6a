/** The engine of the user: had once, for every checkout. */
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { userCacheDirectory } from "../paths";
import { matchesChecksum, recordChecksum } from "./checksum";
import type { OnProgress } from "./engine";
import { withElapsed } from "./progress";
import { engineVersions } from "./version";

/** Folder of the engines had in this way; version and platform are part of it. */
export function engineCache(source: "download" | "go"): string {
  return join(
    userCacheDirectory(),
    "engine",
    `${engineVersions[source]}-${source}-${process.platform}-${process.arch}`,
  );
}

/** A cached executable that is what was put there, or undefined when it is missing or damaged. */
export async function cachedBinary(binary: string): Promise<string | undefined> {
  return (await matchesChecksum(binary)) ? binary : undefined;
}

/** Puts a finished executable in its place with its checksum; another process sees all of it or nothing. */
export async function keepBinary(finished: string, binary: string): Promise<void> {
  await recordChecksum(finished);
  await rename(`${finished}.sha256`, `${binary}.sha256`);
  await rename(finished, binary);
}

/** Runs `work` while no other process does the same below `directory`; whoever comes later waits and says so. */
export async function exclusively<T>(
  directory: string,
  onProgress: OnProgress,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(directory, { recursive: true });
  const tryOnce = () => lock(directory, { stale: 30_000, update: 5_000 }).catch(ignoreLocked);
  const release =
    (await tryOnce()) ??
    (await withElapsed(
      () => "another process is getting the engine: waiting for it",
      onProgress,
      () => waitFor(tryOnce),
    ));
  try {
    return await work();
  } finally {
    await release();
  }
}

function ignoreLocked(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ELOCKED") return undefined;
  throw error;
}

async function waitFor<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const result = await attempt();
    if (result !== undefined) return result;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
