/**
 * How long the dev stack takes on the real engine, beside an empty program on the same engine in the same run.
 * Prints a table (or `--json`); run it with `npm run bench:up` after `npm start` has installed the engine.
 *
 * Both stacks live in a folder of their own that is removed afterwards, so that neither the dev stack nor its tenant is touched.
 */
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../infra/local/paths";
import { Lab } from "../faults/lab";

const run = promisify(execFile);
const repetitions = 3;

/** Seconds of one operation, one a repetition. */
interface Timing {
  readonly operation: string;
  readonly empty: readonly number[];
  readonly dev: readonly number[];
  /** The goal as a ratio to the empty program, or in seconds where there is nothing to compare with. */
  readonly goal: { readonly ratio: number } | { readonly seconds: number };
}

async function main(): Promise<void> {
  const lab = new Lab();
  try {
    await lab.prepare();
    copyFileSync(join(projectRoot(), "Pulumi.dev.yaml"), join(lab.root, "Pulumi.dev.yaml"));
    const timings = await measure(lab);
    process.stdout.write(
      process.argv.includes("--json") ? `${JSON.stringify(timings, null, 2)}\n` : table(timings),
    );
  } finally {
    await lab.remove();
  }
}

async function measure(lab: Lab): Promise<readonly Timing[]> {
  const dev = await stack(lab, lab.root, "dev");
  const empty = await stack(lab, emptyProject(lab), "empty");
  const first = { empty: [await empty.up()], dev: [await dev.up()] };
  const noOp = { empty: [] as number[], dev: [] as number[] };
  const preview = { empty: [] as number[], dev: [] as number[] };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    noOp.empty.push(await empty.up());
    noOp.dev.push(await dev.up());
    preview.empty.push(await empty.preview());
    preview.dev.push(await dev.preview());
  }
  return [
    { operation: "up from nothing", ...first, goal: { seconds: 40 } },
    { operation: "no-op up", ...noOp, goal: { ratio: 3 } },
    { operation: "preview", ...preview, goal: { ratio: 4 } },
  ];
}

/** The operations of one stack, each answering its seconds. */
async function stack(lab: Lab, project: string, name: string) {
  const pulumi = (...args: string[]) =>
    timed(() =>
      run("pulumi", [...args, "--non-interactive"], {
        cwd: project,
        env: lab.environment,
        maxBuffer: 1 << 26,
      }),
    );
  await pulumi("stack", "init", name);
  return {
    up: () => pulumi("up", "--yes", "--skip-preview", "--stack", name),
    preview: () => pulumi("preview", "--stack", name),
  };
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await action();
  return (performance.now() - startedAt) / 1000;
}

/** A program without resources: what the engine, the language host and the SDK cost by themselves. */
function emptyProject(lab: Lab): string {
  const folder = join(lab.root, "empty");
  mkdirSync(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
  writeFileSync(join(folder, "package.json"), '{ "name": "empty", "main": "index.ts" }\n');
  writeFileSync(join(folder, "index.ts"), 'import "@pulumi/pulumi";\n');
  copyFileSync(join(projectRoot(), "infra", "tsconfig.json"), join(folder, "tsconfig.json"));
  symlinkSync(join(projectRoot(), "node_modules"), join(folder, "node_modules"));
  return folder;
}

const median = (seconds: readonly number[]): number =>
  [...seconds].sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? Number.NaN;

function table(timings: readonly Timing[]): string {
  const rows = timings.map(({ operation, empty, dev, goal }) => {
    const ratio = median(dev) / median(empty);
    const wanted = "ratio" in goal ? `≤ ${goal.ratio}×` : `< ${goal.seconds} s`;
    return `${operation.padEnd(18)}${median(empty).toFixed(1).padStart(8)} s${median(dev).toFixed(1).padStart(8)} s${ratio.toFixed(2).padStart(8)}×   goal ${wanted}\n`;
  });
  return `${"".padEnd(18)}${"empty".padStart(10)}${"dev".padStart(10)}${"ratio".padStart(9)}\n${rows.join("")}`;
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
