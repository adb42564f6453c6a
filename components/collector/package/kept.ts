/**
 * The package that was built before, for as long as everything that it was made of is the same, byte for byte. A build takes
 * seconds of processor time, and each preview needs the hash; reading the sources takes a fraction of one.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { FunctionPackageFile } from "./package-file";

/** A package and the files that went into it, absolute paths. */
export interface BuiltPackage extends FunctionPackageFile {
  readonly sources: readonly string[];
}

/** Where a package is kept, and what it depends on beside the files that its build names. */
export interface KeptPlace {
  readonly folder: string;
  /** Files that decide how the package is built: absolute paths. Where one is missing, nothing is kept. */
  readonly builders: readonly string[];
  /** The folder with the sources: a file that comes or goes there may change what a name is resolved to. */
  readonly tree: string;
}

const record = z.object({
  fingerprint: z.string(),
  sha256: z.string(),
  sources: z.array(z.string()),
});

/** How coarse a file system may tell when a file was written, in milliseconds. */
const granularity = 1_000;

/** The package of `place`, or what `build` makes, which is kept then. A folder that can't be written keeps nothing. */
export async function keptOr(
  place: KeptPlace,
  build: () => Promise<BuiltPackage>,
): Promise<FunctionPackageFile> {
  const found = await recall(place).catch(() => undefined);
  if (found !== undefined) return found;
  const before = await namesIn(place).catch(() => undefined);
  const built = await build();
  if (before !== undefined) await keep(place, built, before).catch(() => undefined);
  return { zip: built.zip, sha256: built.sha256 };
}

async function recall(place: KeptPlace): Promise<FunctionPackageFile | undefined> {
  const [text, zip] = await Promise.all([readFile(recordOf(place), "utf8"), readFile(zipOf(place))]);
  const { fingerprint, sha256, sources } = record.parse(JSON.parse(text));
  if (hashOf(zip) !== sha256) return undefined;
  const now = await fingerprintOf(await namesIn(place), [...place.builders, ...sources]);
  return now === fingerprint ? { zip, sha256 } : undefined;
}

/** Keeps a package, unless a file was written since this process started: it may have read, or may run, the one before. */
async function keep(place: KeptPlace, built: BuiltPackage, names: readonly string[]): Promise<void> {
  const { zip, sha256, sources } = built;
  const paths = [...place.builders, ...sources];
  const written = await Promise.all(paths.map(async (path) => stat(path)));
  if (written.some(({ mtimeMs }) => mtimeMs >= performance.timeOrigin - granularity)) return;
  const fingerprint = await fingerprintOf(names, paths);
  await mkdir(place.folder, { recursive: true });
  await replace(zipOf(place), zip);
  await replace(recordOf(place), JSON.stringify({ fingerprint, sha256, sources }));
}

async function namesIn({ tree }: KeptPlace): Promise<readonly string[]> {
  return (await readdir(tree, { recursive: true })).sort();
}

/** Which files there are, and what those that count hold. */
async function fingerprintOf(names: readonly string[], paths: readonly string[]): Promise<string> {
  const contents = await Promise.all(paths.map(async (path) => [path, hashOf(await readFile(path))]));
  return hashOf(JSON.stringify([names, contents]));
}

/** Written beside and renamed, so that nobody reads half of it. */
async function replace(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, content);
  await rename(beside, path);
}

function recordOf({ folder }: KeptPlace): string {
  return join(folder, "collector-package.json");
}

function zipOf({ folder }: KeptPlace): string {
  return join(folder, "collector-package.zip");
}

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
