/** Runs one step of this bench in a process of its own. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../../infra/local/paths";
import { type Figures, figuresSchema, type Task } from "./figures";

const execute = promisify(execFile);

export type Step = "collect" | "assess" | "build";

/** @throws Error with the end of what the step said */
export async function run(step: Step, task: Task): Promise<Figures> {
  const started = [
    join(projectRoot(), "node_modules", "tsx", "dist", "cli.mjs"),
    join(__dirname, `${step}.ts`),
  ];
  const { stdout } = await execute(process.execPath, started, {
    env: { ...process.env, BENCH_TASK: JSON.stringify(task) },
    maxBuffer: 16 * 1024 * 1024,
  });
  return figuresSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
