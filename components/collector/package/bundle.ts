import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { BuildFailure, Message } from "esbuild";
import { PackageError } from "./errors";

/** The version of Node.js that the function app declares. */
const TARGET = "node22";

/** One file of CommonJS from a TypeScript entry, and the licences that its parts ask to be kept. */
export async function bundleEntry(entry: string): Promise<Record<string, Uint8Array>> {
  if (!existsSync(entry)) {
    throw new PackageError(`The function app's ${entry} is missing. Bring the checkout up to date.`);
  }
  // Loaded here because a program that deploys no function app need not load a compiler.
  const esbuild = await import("esbuild");
  try {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: dirname(entry),
      entryPoints: [basename(entry)],
      outfile: resolve(dirname(entry), "index.js"),
      write: false,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: TARGET,
      // The platform's own module, there in every function app.
      external: ["@azure/functions-core"],
      // Packages written as ES modules ask for the address of their file, which CommonJS tells as a path.
      define: { "import.meta.url": "bundleAddress" },
      banner: { js: 'const bundleAddress=require("node:url").pathToFileURL(__filename).href;' },
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: "external",
      logLevel: "silent",
      tsconfigRaw: {},
    });
    return Object.fromEntries(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  } catch (cause) {
    throw compileError(cause);
  }
}

function compileError(cause: unknown): unknown {
  if (!isBuildFailure(cause)) return cause;
  const problems = cause.errors.map(described).join("; ");
  return new PackageError(`The function app does not compile: ${problems}`, { cause });
}

function isBuildFailure(cause: unknown): cause is BuildFailure {
  return cause instanceof Error && Array.isArray((cause as Partial<BuildFailure>).errors);
}

function described({ text, location }: Message): string {
  return location === null ? text : `${location.file}:${location.line}: ${text}`;
}
