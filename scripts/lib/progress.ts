/** Steps with progress: a live list on a terminal, one line a finished step elsewhere. */
import { formatDuration } from "./duration";
import { isInterruptMinded } from "./interrupt";
import { isLive, palette } from "./terminal";

/** One step. What `run` answers is shown beside the title when it is done. */
export interface Step {
  readonly title: string;
  /** @param progress shows what is going on right now, replacing the line before. */
  readonly run: (progress: (line: string) => void) => Promise<string>;
}

/** Where there is no live list, a step that takes longer says what it is doing, this often in milliseconds. */
const patience = 2_000;

/**
 * Runs the steps one after another and shows them on standard error (results belong on standard output). The first
 * failure stops: the finished lines stay, the failing one is marked, and the error goes on to the caller.
 */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  const width = Math.max(...steps.map(({ title }) => title.length)) + 3;
  if (isLive()) await runLive(steps, width);
  else for (const step of steps) await runPlain(step, width);
}

/** Runs one step with progress and answers what it made. */
export async function withProgress<T>(
  title: string,
  run: (progress: (line: string) => void) => Promise<T>,
): Promise<T> {
  const made: T[] = [];
  const startedAt = Date.now();
  await runSteps([
    {
      title,
      run: async (progress) => {
        made.push(await run(progress));
        return formatDuration(Date.now() - startedAt);
      },
    },
  ]);
  return made[0] as T;
}

async function runLive(steps: readonly Step[], width: number): Promise<void> {
  const { Listr, ListrLogger, ProcessOutput } = await import("listr2");
  const tasks = steps.map((step) => ({
    title: step.title,
    task: async (_context: unknown, task: { output: string; title: string }) => {
      const detail = await step.run((line) => {
        task.output = line;
      });
      task.title = `${step.title.padEnd(width)}${detail}`;
    },
  }));
  const logger = new ListrLogger({
    useIcons: true,
    processOutput: new ProcessOutput(process.stderr, process.stderr),
  });
  const rendererOptions = { logger, showErrorMessage: false };
  process.on("SIGINT", quit);
  try {
    await new Listr(tasks, { renderer: "default", rendererOptions, registerSignalListeners: false }).run();
  } finally {
    process.off("SIGINT", quit);
  }
}

/** Ctrl-C ends the process, with the cursor visible again, unless somebody else minds it. */
function quit(): void {
  if (isInterruptMinded()) return;
  process.stderr.write("\u001b[?25h\n");
  process.exit(130);
}

async function runPlain(step: Step, width: number): Promise<void> {
  const colours = palette(process.stderr);
  let saidAt = Date.now();
  const progress = (line: string): void => {
    if (Date.now() - saidAt < patience) return;
    saidAt = Date.now();
    process.stderr.write(`${colours.dim("…")} ${step.title.padEnd(width)}${line}\n`);
  };
  try {
    const detail = await step.run(progress);
    process.stderr.write(`${colours.green("✔")} ${step.title.padEnd(width)}${detail}\n`);
  } catch (error) {
    process.stderr.write(`${colours.red("✖")} ${step.title}\n`);
    throw error;
  }
}
