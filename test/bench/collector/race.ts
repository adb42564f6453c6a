/** Runs contestants, each in a process of its own. */
import { execFile } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundleOf, type Variant } from "./bundle";
import { type Figures, figuresSchema, type Task } from "./contract";
import type { BenchTenant } from "./lab";

const run = promisify(execFile);

/** Everybody that can be measured. */
const variants = {
  ours: { contestant: "ours" },
  "ours, pages": { contestant: "ours", way: "pages" },
  "ours, unbudgeted": { contestant: "ours", unbudgeted: true },
  "ours, delta": { contestant: "ours", way: "delta" },
  "budget probe": { contestant: "budget-probe" },
  raw: { contestant: "raw" },
  "SDK, one call a group": { contestant: "sdk-one-call" },
  "SDK, $batch of 20": { contestant: "sdk-batch" },
} as const satisfies Record<string, Omit<Variant, "name">>;

export type ContestantName = keyof typeof variants;

export interface RunOptions {
  readonly options?: Task["options"];
  /** Ours keeps checkpoints here from run to run; default a folder that is emptied first. */
  readonly folder?: string;
}

export class Race {
  private readonly bundles = new Map<ContestantName, Promise<string>>();

  constructor(private readonly tenant: BenchTenant) {}

  async run(name: ContestantName, { options = {}, folder }: RunOptions = {}): Promise<Figures> {
    const { endpoint, root } = this.tenant;
    const place = folder ?? join(root, "output");
    if (folder === undefined) rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    const task = this.tenant.task(place, options);
    const { stdout } = await run(process.execPath, [await this.bundle(name)], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: endpoint.caFile, BENCH_TASK: JSON.stringify(task) },
      maxBuffer: 1 << 26,
    });
    return figuresSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}"));
  }

  private bundle(name: ContestantName): Promise<string> {
    const known = this.bundles.get(name);
    if (known !== undefined) return known;
    const variant: Variant = { name: name.replace(/\W+/g, "-"), ...variants[name] };
    const made = bundleOf(variant, join(this.tenant.root, "bundles"));
    this.bundles.set(name, made);
    return made;
  }
}
