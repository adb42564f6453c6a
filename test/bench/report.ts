/**
 * What state and report cost for a tenant of 200,000 users with 100,000 sign-ins and 100,000 changes in the directory:
 *
 *     npx tsx test/bench/report.ts [-- --json] [--users 200000] [--repeat 3] [--store <folder>]
 *
 * A store is collected by real runs from a local tenant (a minute or so; `--store` keeps it there and takes it again the
 * next time). Then, a process each: all metrics are assessed, and the page is built; at last Chromium opens it. Medians
 * stand against the goals. Without a Chromium its goal is skipped, and said so. Exits with 1 where a goal is missed.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../../infra/local/paths";
import type { Figures, Task } from "./report/figures";
import { type Goal, goalRow, goalsOf, isMet, median } from "./report/goals";
import { type Opened, open } from "./report/open";
import { run } from "./report/run";

interface Results {
  readonly users: number;
  /** Processes that wanted to run in the minute before the end: times of a busy machine are longer. */
  readonly load: number;
  readonly collect?: Figures;
  readonly assess: readonly Figures[];
  readonly build: readonly Figures[];
  readonly open: readonly Opened[] | "skipped";
  readonly goals: readonly Goal[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== "--"),
    options: {
      json: { type: "boolean", default: false },
      users: { type: "string", default: "200000" },
      repeat: { type: "string", default: "3" },
      store: { type: "string" },
    },
  });
  const scratch = mkdtempSync(join(tmpdir(), "report-bench-"));
  try {
    const users = Number(values.users);
    const folder = values.store === undefined ? join(scratch, "store") : resolve(values.store);
    const page = join(scratch, "page.html");
    const task = { folder, page, users, groups: Math.ceil(users / 25), events: 100_000 };
    const results = await measure(task, Number(values.repeat));
    process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : text(results));
    process.exitCode = results.goals.every(isMet) ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function measure(task: Task, repetitions: number): Promise<Results> {
  const collect = existsSync(task.folder) ? undefined : await run("collect", task);
  const [assess, build]: [Figures[], Figures[]] = [[], []];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    assess.push(await run("assess", task));
    build.push(await run("build", task));
  }
  const opened = await open(task.page, repetitions);
  return {
    users: task.users,
    load: loadavg()[0] ?? Number.NaN,
    ...(collect !== undefined && { collect }),
    assess,
    build,
    open: opened ?? "skipped",
    goals: goalsOf({ assess, build, opened }),
  };
}

function text({ users, load, collect, assess, build, open: opened, goals }: Results): string {
  const row = (name: string, all: readonly Figures[]): string => {
    const columns = [
      median(all, ({ seconds }) => seconds).toFixed(1),
      median(all, ({ cpuSeconds }) => cpuSeconds).toFixed(1),
      median(all, ({ peakRss }) => peakRss).toFixed(0),
    ];
    const counts = Object.entries(all[0]?.counts ?? {}).map(([what, count]) => `${what} ${count}`);
    return `${name.padEnd(12)}${columns.map((column) => column.padStart(9)).join("")}   ${counts.join(", ")}\n`;
  };
  const browser =
    opened === "skipped"
      ? "No Chromium on this machine (CHROMIUM names one): opening the page is skipped.\n"
      : `open        first paint ${median(opened, (one) => one.firstPaint).toFixed(0)} ms, rows of sign-ins ${median(opened, (one) => one.firstRows).toFixed(0)} ms\n`;
  return `${users.toLocaleString("en-US")} users, load ${load.toFixed(1)}
${"".padEnd(12)}${["seconds", "cpu s", "RSS MiB"].map((name) => name.padStart(9)).join("")}
${collect === undefined ? "" : row("collect", [collect])}${row("assess", assess)}${row("build", build)}${browser}
${goals.map(goalRow).join("")}`;
}

process.chdir(projectRoot());
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
