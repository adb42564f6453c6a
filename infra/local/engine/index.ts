/**
 * The Pulumi engine of this machine: the one on PATH; else the official download; else built once from the official Go
 * modules. What was downloaded or built is kept for the user, with a checksum that is verified on each use.
 */
import { dirname, join } from "node:path";
import { buildFromModules, canBuild } from "./build-from-modules";
import { cachedBinary, engineCache, exclusively } from "./cache";
import { downloadEngine, downloadedBinary } from "./download";
import type { Engine, OnProgress } from "./engine";
import { EngineError } from "./errors";
import { findEngineOnPath } from "./find-on-path";
import { withLanguageHost } from "./language-host-install";
import { engineVersions } from "./version";

export type { Engine, OnProgress } from "./engine";
export { EngineError } from "./errors";
export { installLocalPlugins, installPlugin } from "./plugins";

/**
 * Finds or gets an engine.
 * @param onProgress told what goes on while something takes longer
 * @throws EngineError when there is none and none can be had; its `next` says what to install
 */
export async function ensureEngine(onProgress: OnProgress = () => {}): Promise<Engine> {
  const found = (await findEngineOnPath()) ?? (await cachedEngine());
  if (found !== undefined) return found;
  const directory = engineCache("go");
  return exclusively(directory, onProgress, async () => (await cachedEngine()) ?? getEngine(onProgress));
}

async function cachedEngine(): Promise<Engine | undefined> {
  const downloaded = await cachedBinary(downloadedBinary(engineCache("download")));
  if (downloaded !== undefined) return downloadedEngine(downloaded);
  const built = await cachedBinary(builtBinary());
  return built === undefined ? undefined : withLanguageHost(built);
}

async function getEngine(onProgress: OnProgress): Promise<Engine> {
  const root = engineCache("download");
  if (await downloadEngine(root, onProgress)) return downloadedEngine(downloadedBinary(root));
  if (!canBuild()) throw noEngine();
  await buildFromModules(builtBinary(), onProgress);
  return withLanguageHost(builtBinary());
}

function builtBinary(): string {
  return join(engineCache("go"), "pulumi");
}

function downloadedEngine(binary: string): Engine {
  return { version: engineVersions.download, binary, directory: dirname(binary), source: "download" };
}

function noEngine(): EngineError {
  return new EngineError(
    "There is no Pulumi engine on this machine: pulumi is not on PATH, its official download can't be reached, and there is no Go to build it with.",
    "Install Pulumi (https://www.pulumi.com/docs/install/), or Go 1.26 or newer (https://go.dev/dl/), then run the same command again.",
  );
}
