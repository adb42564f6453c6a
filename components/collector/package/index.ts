/**
 * The function app's deployment package, built from the sources beside it. Who declares the package and who pushes it
 * build it each for themselves: the same sources give the same bytes, so the hash alone travels through the stack.
 */
import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { bundleEntry } from "./bundle";
import { PackageError } from "./errors";
import { zipped } from "./zip";

/** A package as the platform takes it. */
export interface FunctionPackageFile {
  /** The zip: index.js and what it loads later, host.json, package.json, and the licences of what was bundled. */
  readonly zip: Uint8Array;
  /** SHA-256 of the zip, lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * Builds the collector's package.
 * @throws PackageError when a source is missing or does not compile
 */
export async function buildCollectorPackage(): Promise<FunctionPackageFile> {
  return buildFunctionPackage(resolve(__dirname, "..", "function"));
}

/**
 * Builds a package from a folder with `index.ts`, which declares the functions, and `host.json`.
 * @throws PackageError when a source is missing or does not compile
 */
export async function buildFunctionPackage(folder: string): Promise<FunctionPackageFile> {
  // The real path: a checkout that is reached by a link must give the same bytes as any other.
  const source = await realpath(folder).catch(() => folder);
  const host = await hostFile(resolve(source, "host.json"));
  const bundled = await bundleEntry(resolve(source, "index.ts"));
  const zip = zipped({ "host.json": host, "package.json": manifest(), ...bundled });
  return { zip, sha256: createHash("sha256").update(zip).digest("hex") };
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
