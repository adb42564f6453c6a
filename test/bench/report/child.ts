/** For the processes of this bench: their task, and how they tell what it took. */
import { type Figures, type Task, taskSchema } from "./figures";

/** Of this process. */
export const task: Task = taskSchema.parse(JSON.parse(process.env.BENCH_TASK ?? "{}"));

let begun = performance.now();
let cpuBegun = process.cpuUsage();

/** What was done so far is not measured; the peak of memory is. */
export function begin(): void {
  begun = performance.now();
  cpuBegun = process.cpuUsage();
}

/** Tells what was measured since then. */
export function finish(counts: Figures["counts"]): void {
  const { user, system } = process.cpuUsage(cpuBegun);
  const figures: Figures = {
    seconds: (performance.now() - begun) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakRss: process.resourceUsage().maxRSS / 1024,
    counts,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
