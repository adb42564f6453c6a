/** Executables made from our TypeScript: one bundled file and a launcher, made again only when the sources changed. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../paths";

/** A file of JavaScript to make. */
export interface Bundle {
  /** TypeScript file that runs when it is loaded; absolute. */
  readonly entry: string;
  /** Folder that gets `<name>.cjs`. */
  readonly directory: string;
  /** For example `pulumi-resource-azuread`; an executable's launcher has this name. */
  readonly name: string;
}

/** What is remembered about a bundle: the project's files that went into it and what was in them. */
interface Stamp {
  readonly inputs: readonly string[];
  readonly digest: string;
}

/** Makes an executable of the bundle; answers whether anything had to be done. */
export async function bundleExecutable(bundle: Bundle): Promise<boolean> {
  const launcher = join(bundle.directory, bundle.name);
  const changed = await bundleFile(bundle);
  if (!changed && existsSync(launcher)) return false;
  await replaceFile(launcher, launcherScript(bundle.name), 0o755);
  return true;
}

/** `exec` keeps the engine the parent of the process, which is how it notices that the engine is gone. */
function launcherScript(name: string): string {
  return `#!/bin/sh\nexec node "\${0%/*}/${name}.cjs" "$@"\n`;
}

/** Makes `<directory>/<name>.cjs` if it is missing or older than its sources; answers whether it had to. */
export async function bundleFile(bundle: Bundle): Promise<boolean> {
  const file = join(bundle.directory, `${bundle.name}.cjs`);
  const stampFile = join(bundle.directory, `${bundle.name}.json`);
  if (existsSync(file) && (await isCurrent(stampFile))) return false;
  await mkdir(bundle.directory, { recursive: true });
  const inputs = await build(bundle.entry, file);
  await replaceFile(stampFile, JSON.stringify({ inputs, digest: await digestOf(inputs) } satisfies Stamp));
  return true;
}

/** Answers what went into the file, as paths below the project. */
async function build(entry: string, file: string): Promise<string[]> {
  const esbuild = await import("esbuild");
  const unfinished = `${file}.${process.pid}`;
  const result = await esbuild.build({
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
  await rename(unfinished, file);
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
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, content, { mode });
  await rename(unfinished, path);
}
