/** Runs contestants, each in a process of its own, from a bundle, so that nobody's figures hold a compiler. */
import { execFile } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { type Figures, figuresSchema, type Task } from "./contract";
import type { BenchTenant } from "./lab";

const run = promisify(execFile);

export type ContestantName = "ours" | "raw" | "sdk-one-call" | "sdk-batch";

export interface RunOptions {
  readonly options?: Task["options"];
  /** Ours keeps checkpoints here from run to run; default a folder that is emptied first. */
  readonly folder?: string;
}

export class Race {
  private readonly bundles = new Map<ContestantName, Promise<string>>();

  constructor(private readonly tenant: BenchTenant) {}

  async run(name: ContestantName, { options = {}, folder }: RunOptions = {}): Promise<Figures> {
    const { endpoint, reader, root } = this.tenant;
    const place = folder ?? join(root, "output", name);
    if (folder === undefined) rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    const task: Task = {
      origin: endpoint.origin,
      login: `${endpoint.origin}/login`,
      graph: `${endpoint.origin}/graph`,
      tenantId: endpoint.tenantId,
      ...reader,
      folder: place,
      requestsFile: join(root, "requests.json"),
      options,
    };
    const { stdout } = await run(process.execPath, [await this.bundle(name)], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: endpoint.caFile, BENCH_TASK: JSON.stringify(task) },
      maxBuffer: 1 << 26,
    });
    return figuresSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}"));
  }

  private bundle(name: ContestantName): Promise<string> {
    const known = this.bundles.get(name);
    if (known !== undefined) return known;
    const made = bundleOf(name, join(this.tenant.root, "bundles"));
    this.bundles.set(name, made);
    return made;
  }
}

async function bundleOf(name: ContestantName, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.cjs`);
  await build({
    entryPoints: [join(__dirname, "contestants", `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    logLevel: "error",
  });
  return outfile;
}
