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

/** A source that was written while the build ran may be another one than the build read. */
const granularity = 1_000;

/** The package of `place`, or what `build` makes, which is kept then. A folder that can't be written keeps nothing. */
export async function keptOr(
  place: KeptPlace,
  build: () => Promise<BuiltPackage>,
): Promise<FunctionPackageFile> {
  const found = await recall(place).catch(() => undefined);
  if (found !== undefined) return found;
  const startedAt = Date.now();
  const built = await build();
  await keep(place, built, startedAt).catch(() => undefined);
  return { zip: built.zip, sha256: built.sha256 };
}

async function recall(place: KeptPlace): Promise<FunctionPackageFile | undefined> {
  const [text, zip] = await Promise.all([readFile(recordOf(place), "utf8"), readFile(zipOf(place))]);
  const { fingerprint, sha256, sources } = record.parse(JSON.parse(text));
  if (hashOf(zip) !== sha256) return undefined;
  return (await fingerprintOf(place, sources)) === fingerprint ? { zip, sha256 } : undefined;
}

async function keep(place: KeptPlace, built: BuiltPackage, startedAt: number): Promise<void> {
  const { zip, sha256, sources } = built;
  const written = await Promise.all([...place.builders, ...sources].map(async (path) => stat(path)));
  if (written.some(({ mtimeMs }) => mtimeMs >= startedAt - granularity)) return;
  const fingerprint = await fingerprintOf(place, sources);
  await mkdir(place.folder, { recursive: true });
  await replace(zipOf(place), zip);
  await replace(recordOf(place), JSON.stringify({ fingerprint, sha256, sources }));
}

/** What all files hold, and which there are. */
async function fingerprintOf({ builders, tree }: KeptPlace, sources: readonly string[]): Promise<string> {
  const paths = [...builders, ...sources];
  const [names, contents] = await Promise.all([
    readdir(tree, { recursive: true }),
    Promise.all(paths.map(async (path) => hashOf(await readFile(path)))),
  ]);
  return hashOf(JSON.stringify([names.sort(), paths.map((path, index) => [path, contents[index]])]));
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
