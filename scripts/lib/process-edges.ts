/** What happens to a process outside of what it does: its reader goes away, or something fails where nobody waits for it. */
import { reportError } from "./report-error";

/**
 * Keeps the process alive when a reader of its output goes away (`… | head`): a deployment must not break off because of a
 * pipe. Output that can't be written for another reason ends the process with 1.
 */
export function surviveClosedOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`The output can't be written: ${error.message}\n`);
    process.exit(1);
  });
  process.stderr.on("error", () => undefined);
}

/** Says failures that nobody waits for in the same words as others, and ends the process. */
export function reportStrayFailures(argv: readonly string[]): void {
  process.on("uncaughtException", (error) => {
    process.exit(reportError(error, { debug: argv.includes("--debug"), json: argv.includes("--json") }));
  });
}
