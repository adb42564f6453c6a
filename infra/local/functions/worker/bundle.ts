import { join } from "node:path";
import { buildSync } from "esbuild";

/** Bundles the worker's program to one plain file, so that a worker starts as fast as node does. */
export function bundleWorker(folder: string): string {
  const outfile = join(folder, "worker.js");
  buildSync({
    entryPoints: [join(__dirname, "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "silent",
  });
  return outfile;
}
