/**
 * The function app's deployment package, built from the sources beside it. The plugin that pushes it tells the program the
 * hash beforehand: the same sources give the same bytes, so the hash alone travels through the stack.
 */
import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { bundleEntry } from "./bundle";
import { PackageError } from "./errors";
import { type BuiltPackage, keptOr } from "./kept";
import type { FunctionPackageFile } from "./package-file";
import { zipped } from "./zip";

export type { FunctionPackageFile } from "./package-file";

/**
 * The collector's package: as it was built before while nothing has changed, else built anew.
 * @throws PackageError when a source is missing or does not compile
 */
export async function buildCollectorPackage(): Promise<FunctionPackageFile> {
  const modules = resolve(dirname(require.resolve("esbuild/package.json")), "..");
  const place = {
    folder: join(modules, ".cache", "entra-connectors"),
    builders: [
      ...["bundle.ts", "index.ts", "zip.ts"].map((name) => join(__dirname, name)),
      // npm writes it whenever a package comes, goes or changes; where it is missing, nothing is kept.
      join(modules, ".package-lock.json"),
    ],
    tree: resolve(__dirname, "..", ".."),
  };
  return keptOr(place, () => buildFunctionPackage(resolve(__dirname, "..", "function")));
}

/**
 * Builds a package from a folder with `index.ts`, which declares the functions, and `host.json`.
 * @throws PackageError when a source is missing or does not compile
 */
export async function buildFunctionPackage(folder: string): Promise<BuiltPackage> {
  // The real path: a checkout that is reached by a link must give the same bytes as any other.
  const source = await realpath(folder).catch(() => folder);
  const hostPath = resolve(source, "host.json");
  const host = await hostFile(hostPath);
  const { files, sources } = await bundleEntry(resolve(source, "index.ts"));
  const zip = zipped({ "host.json": host, "package.json": manifest(), ...files });
  const sha256 = createHash("sha256").update(zip).digest("hex");
  return { zip, sha256, sources: [hostPath, ...sources] };
}

async function hostFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new PackageError(`The function app's ${path} can't be read. Bring the checkout up to date.`, {
      cause,
    });
  });
  try {
    return `${JSON.stringify(JSON.parse(text))}\n`;
  } catch (cause) {
    throw new PackageError(
      `The function app's ${path} is not JSON. Correct it, then run the command again.`,
      {
        cause,
      },
    );
  }
}

/** The platform finds the functions by `main`; everything else is in the bundle. */
function manifest(): string {
  return `${JSON.stringify({ name: "entra-connectors-collector", private: true, main: "index.js" })}\n`;
}
