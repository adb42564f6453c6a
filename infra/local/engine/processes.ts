import { type ChildProcess, spawn } from "node:child_process";

/** How a process is started. */
export interface ProcessOptions {
  readonly directory?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Milliseconds after which the process and all it started is killed. */
  readonly timeout?: number;
  /** Called with every complete line of either output. */
  readonly onLine?: (line: string) => void;
}

/** How a process ended. */
export interface ProcessResult {
  /** The exit code; undefined when it was killed or never started. */
  readonly exitCode: number | undefined;
  /** Both outputs, in the order in which they came. */
  readonly output: string;
  readonly timedOut: boolean;
}

/** Runs a process to its end, without standard input. Never throws: a program that can't be started has no exit code. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: options.directory,
      env: options.environment ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: options.timeout !== undefined,
    });
    const end = limitTime(child, options.timeout);
    const output = collect(child, options.onLine);
    const settle = (exitCode: number | undefined, text: string) =>
      resolve({ exitCode, output: text, timedOut: end() });
    child.once("error", (error) => settle(undefined, error.message));
    child.once("close", (code) => settle(code ?? undefined, output()));
  });
}

/** Kills the child's process group after the time; the function answered stops that and says whether it happened. */
function limitTime(child: ChildProcess, milliseconds: number | undefined): () => boolean {
  if (milliseconds === undefined) return () => false;
  let timedOut = false;
  const killGroup = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      child.kill("SIGKILL");
    }
  };
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup();
  }, milliseconds);
  process.once("exit", killGroup);
  return () => {
    clearTimeout(timer);
    process.off("exit", killGroup);
    return timedOut;
  };
}

function collect(child: ChildProcess, onLine: ProcessOptions["onLine"]): () => string {
  let output = "";
  let unfinished = "";
  const take = (bytes: Buffer) => {
    output += bytes.toString();
    const lines = (unfinished + bytes.toString()).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) onLine?.(line);
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  return () => output;
}

/** The last lines of a program's output that say something. */
export function lastLines(output: string, count: number): string {
  return output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-count)
    .join("\n");
}
