/** Executables made from our TypeScript: one bundled file and a launcher, made again only when the sources changed. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectRoot } from "../paths";

/** An executable to make. */
export interface Executable {
  /** TypeScript file that runs when it is imported; absolute. */
  readonly entry: string;
  /** Folder that gets the launcher and the bundle. */
  readonly directory: string;
  /** Name of the launcher, for example `pulumi-resource-azuread`. */
  readonly name: string;
}

/** What is remembered about a bundle: the project's files that went into it and what was in them. */
interface Stamp {
  readonly inputs: readonly string[];
  readonly digest: string;
}

/** Makes the executable if it is missing or older than its sources; answers whether it had to. */
export async function bundleExecutable(executable: Executable): Promise<boolean> {
  const stampFile = join(executable.directory, `${executable.name}.json`);
  if (existsSync(launcherPath(executable)) && (await isCurrent(stampFile))) return false;
  await mkdir(executable.directory, { recursive: true });
  const inputs = await bundle(executable);
  await replaceFile(launcherPath(executable), launcher(executable.name), 0o755);
  await replaceFile(stampFile, JSON.stringify({ inputs, digest: await digestOf(inputs) } satisfies Stamp));
  return true;
}

function launcherPath({ directory, name }: Executable): string {
  return join(directory, name);
}

/** `exec` keeps the engine the parent of the process, which is how it notices that the engine is gone. */
function launcher(name: string): string {
  return `#!/bin/sh\nexec node "\${0%/*}/${name}.cjs" "$@"\n`;
}

async function bundle({ entry, directory, name }: Executable): Promise<string[]> {
  const { build } = await import("esbuild");
  const unfinished = join(directory, `${name}.cjs.${process.pid}`);
  const result = await build({
    absWorkingDir: projectRoot(),
    entryPoints: [entry],
    outfile: unfinished,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
  });
  await rename(unfinished, join(directory, `${name}.cjs`));
  const own = Object.keys(result.metafile.inputs).filter((input) => !input.includes("node_modules/"));
  return [...own, "package-lock.json"].sort();
}

async function isCurrent(stampFile: string): Promise<boolean> {
  try {
    const { inputs, digest } = JSON.parse(await readFile(stampFile, "utf8")) as Stamp;
    return digest === (await digestOf(inputs));
  } catch {
    return false;
  }
}

/** Installed packages count by the lock file; esbuild's own version is part of it too. */
async function digestOf(inputs: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const input of inputs) {
    hash.update(`${input}\n`);
    hash.update(await readFile(join(projectRoot(), input)));
  }
  return hash.digest("hex");
}

async function replaceFile(path: string, content: string, mode = 0o644): Promise<void> {
  const unfinished = join(dirname(path), `.${process.pid}.unfinished`);
  await writeFile(unfinished, content);
  await chmod(unfinished, mode);
  await rename(unfinished, path);
}
