/** Child processes of the language host: the program, policy packs and plugins. They end with the host. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { join } from "node:path";

/** Lies beside the bundled host. */
const errorColours = join(__dirname, "error-colours.cjs");

const running = new Set<ChildProcess>();

/** Starts Node.js with these arguments and remembers the process until it ends. */
export function startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, ["--require", errorColours, ...args], options);
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** Resolves with the exit code; an end by a signal counts as 1. */
export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Ends every child; called when the host ends for whatever reason. */
export function killChildren(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** Path of a module of the Pulumi SDK as the program in `directory` sees it; throws a sentence when it is not installed. */
export function resolveSdkModule(module: string, directory: string): string {
  try {
    return require.resolve(module, { paths: [directory] });
  } catch {
    throw new Error(
      `${module} is not installed for ${directory}. Run npm ci in the project, then try again.`,
    );
  }
}
