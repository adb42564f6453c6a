/** The engine from the official installer, run in a process of its own so that a closed network costs a bounded time. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../paths";
import { recordChecksum } from "./checksum";
import type { OnProgress } from "./engine";
import { runProcess } from "./processes";
import { withElapsed } from "./progress";
import { engineVersions } from "./version";

/** Enough for the archive on a slow line; a network that swallows packets costs this once. */
const patience = 90_000;

/** Where the installer puts the executable below its root folder. */
export function downloadedBinary(root: string): string {
  return join(root, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");
}

/** Downloads the engine below `root`. False when that is not possible here; nothing is left behind then. */
export async function downloadEngine(root: string, onProgress: OnProgress): Promise<boolean> {
  if (process.env.ENTRA_CONNECTORS_ENGINE_DOWNLOAD === "off") return false;
  const script = join(projectRoot(), "infra", "local", "engine", "installer", "main.ts");
  const { exitCode } = await withElapsed(
    () => `downloading the engine ${engineVersions.download} by the official installer`,
    onProgress,
    () =>
      runProcess(process.execPath, ["--import", "tsx", script, root], {
        directory: projectRoot(),
        timeout: patience,
      }),
  );
  if (exitCode !== 0) {
    await rm(join(root, "bin"), { recursive: true, force: true });
    return false;
  }
  await recordChecksum(downloadedBinary(root));
  return true;
}
