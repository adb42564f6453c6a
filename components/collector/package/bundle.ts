import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { BuildFailure, Message, OutputFile } from "esbuild";
import { PackageError } from "./errors";

/** The version of Node.js that the function app declares. */
const TARGET = "node22";

const shared = {
  platform: "node",
  target: TARGET,
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "silent",
  tsconfigRaw: {},
} as const;

/** The files of a bundle by name, and the files it was made of, absolute paths. */
export interface Bundle {
  readonly files: Readonly<Record<string, string>>;
  readonly sources: readonly string[];
}

/**
 * CommonJS files from a TypeScript entry: `index.js` with all that is needed to start, a file for each part that is
 * loaded later, and the licences that the parts ask to be kept. How much there is to compile is most of a cold start.
 */
export async function bundleEntry(entry: string): Promise<Bundle> {
  if (!existsSync(entry)) {
    throw new PackageError(`The function app's ${entry} is missing. Bring the checkout up to date.`);
  }
  const { parts, sources } = await split(entry);
  const scripts = await Promise.all(
    parts
      .filter(({ path }) => path.endsWith(".js"))
      .map(async ({ path, text }) => [basename(path), await asCommonJs(text)] as const),
  );
  return { files: { ...Object.fromEntries(scripts), "licences.txt": licencesOf(parts) }, sources };
}

/** Only ES modules can be split into files that share what they have in common. */
async function split(entry: string): Promise<{ parts: readonly OutputFile[]; sources: readonly string[] }> {
  // Loaded here because a program that deploys no function app need not load a compiler.
  const esbuild = await import("esbuild");
  try {
    const { outputFiles, metafile } = await esbuild.build({
      ...shared,
      absWorkingDir: dirname(entry),
      entryPoints: [basename(entry)],
      outdir: resolve(dirname(entry), "dist"),
      write: false,
      bundle: true,
      splitting: true,
      format: "esm",
      // The platform's own module, there in every function app.
      external: ["@azure/functions-core"],
      // Packages written as ES modules ask for the address of their file, which CommonJS tells as a path.
      define: { "import.meta.url": "fileAddress" },
      legalComments: "external",
      metafile: true,
    });
    return {
      parts: outputFiles,
      sources: Object.keys(metafile.inputs).map((path) => resolve(dirname(entry), path)),
    };
  } catch (cause) {
    throw compileError(cause);
  }
}

/**
 * How a part ends that is a package written in CommonJS: as an ES module it has one export, and who imports the package's
 * names from it would find none.
 */
const wholePackage = /export default (require_\w+\(\));?\s*$/;

/** The platform starts CommonJS without the cost of its loader of ES modules. */
async function asCommonJs(text: string): Promise<string> {
  const esbuild = await import("esbuild");
  const { code } = await esbuild.transform(text.replace(wholePackage, "module.exports=$1;"), {
    ...shared,
    format: "cjs",
    supported: { "dynamic-import": false },
    banner: text.includes("fileAddress")
      ? 'const fileAddress=require("node:url").pathToFileURL(__filename).href;'
      : "",
  });
  return code;
}

/** What each part's own file of licences says, each paragraph once. */
function licencesOf(parts: readonly OutputFile[]): string {
  const paragraphs = parts
    .filter(({ path }) => path.endsWith(".LEGAL.txt"))
    .flatMap(({ text }) => text.trim().split(/\n\n(?=\S)/));
  return `${[...new Set(paragraphs)].sort().join("\n\n")}\n`;
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
