/** An engine that the machine already has. */
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { userCacheDirectory } from "../paths";
import type { Engine } from "./engine";
import { runProcess } from "./processes";

const extension = process.platform === "win32" ? ".exe" : "";

/** The first file of this name on PATH that can be executed, or undefined. */
export function findExecutable(name: string, path = process.env.PATH ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter((directory) => directory !== "")
    .map((directory) => join(directory, name + extension))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The engine on PATH, when it runs and has a Node.js language host beside it or on PATH. One of our own cache does not
 * count: a shell that `shell-env` prepared has it there, and it is checked where it is kept.
 */
export async function findEngineOnPath(): Promise<Engine | undefined> {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((directory) => !`${directory}${sep}`.startsWith(userCacheDirectory() + sep))
    .join(delimiter);
  const binary = findExecutable("pulumi", path);
  if (binary === undefined || !hasLanguageHost(binary, path)) return undefined;
  const version = await engineVersionOf(binary);
  return version === undefined ? undefined : { version, binary, directory: dirname(binary), source: "path" };
}

function hasLanguageHost(binary: string, path: string): boolean {
  const host = "pulumi-language-nodejs";
  return (
    isExecutable(join(dirname(realpathSync(binary)), host + extension)) ||
    findExecutable(host, path) !== undefined
  );
}

/** The version that an executable says it has, or undefined when it does not run. */
async function engineVersionOf(binary: string): Promise<string | undefined> {
  const { exitCode, output } = await runProcess(binary, ["version"], {
    timeout: 30_000,
    environment: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return exitCode === 0 ? /^v?(\d+\.\d+\.\d+\S*)/m.exec(output)?.[1] : undefined;
}
