/** How long the package takes from its first line to the end of its first handler, and how large it is. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { z } from "zod";
import { buildCollectorPackage } from "../../../components/collector/package";
import { bundleOf } from "./bundle";

const run = promisify(execFile);
const starts = 7;
const startSchema = z.object({ loaded: z.number(), handled: z.number() });

export interface ColdStart {
  /** Milliseconds of every start until the first handler has answered. */
  readonly handled: readonly number[];
  /** Milliseconds of every start until all functions are known. */
  readonly loaded: readonly number[];
  readonly zippedBytes: number;
}

export async function coldStart(): Promise<ColdStart> {
  const folder = mkdtempSync(join(tmpdir(), "entra-connectors-bench-"));
  try {
    const { zip } = await buildCollectorPackage();
    for (const [name, content] of Object.entries(unzipSync(zip))) {
      const file = join(folder, "package", name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const worker = await bundleOf({ name: "cold-start", contestant: "cold-start" }, folder);
    const results: z.output<typeof startSchema>[] = [];
    for (let start = 0; start < starts; start++) {
      const { stdout } = await run(process.execPath, [worker], {
        env: { PATH: process.env.PATH, BENCH_PACKAGE: join(folder, "package") },
      });
      results.push(startSchema.parse(JSON.parse(stdout)));
    }
    return {
      handled: results.map(({ handled }) => handled),
      loaded: results.map(({ loaded }) => loaded),
      zippedBytes: zip.length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
