/** Unpacks a published zip into the app's folder. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { type Unzipped, unzipSync } from "fflate";
import { z } from "zod";
import { type HostSettings, parseHostJson } from "./host-json";
import { PackageError } from "./package-error";

/** An unpacked package. */
export interface FunctionPackage {
  /** The folder it is in. */
  readonly root: string;
  /** Path of the program: `main` of package.json. */
  readonly main: string;
  readonly host: HostSettings;
}

const manifestSchema = z.object({ main: z.string().min(1) });

/**
 * Unpacks the zip into `root`, which is emptied first.
 * @param settings app settings, which may override host.json
 * @throws PackageError when it is no zip, leaves the folder, or lacks host.json, package.json or the program
 */
export function unpack(
  zip: string,
  root: string,
  settings: Readonly<Record<string, string>>,
): FunctionPackage {
  const files = entries(zip);
  rmSync(root, { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(files)) writeEntry(root, name, bytes);
  const host = parseHostJson(textOf(files, "host.json"), settings);
  const main = join(root, mainOf(textOf(files, "package.json")));
  if (statSync(main, { throwIfNoEntry: false })?.isFile() !== true)
    throw new PackageError("The file that package.json names as main is not in the package.");
  return { root, main, host };
}

function entries(zip: string): Unzipped {
  try {
    return unzipSync(readFileSync(zip));
  } catch (error) {
    throw new PackageError(
      `The package is no zip: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function writeEntry(root: string, name: string, bytes: Uint8Array): void {
  const path = resolve(root, name);
  if (!path.startsWith(root + sep))
    throw new PackageError(`The package has a file outside its folder: ${name}`);
  if (name.endsWith("/")) {
    mkdirSync(path, { recursive: true });
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

function textOf(files: Unzipped, name: string): string {
  const bytes = files[name];
  if (bytes === undefined) throw new PackageError(`The package has no ${name} at its top.`);
  return Buffer.from(bytes).toString("utf8");
}

function mainOf(packageJson: string): string {
  try {
    return manifestSchema.parse(JSON.parse(packageJson)).main;
  } catch {
    throw new PackageError("package.json does not name the program by main.");
  }
}
