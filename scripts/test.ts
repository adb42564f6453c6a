/**
 * `npm test`: gets what the tests need, runs the unit, service, end-to-end and browser tests, and ends with one line that
 * says how many passed and failed. More arguments go on to the test runner: `npm test -- test/unit/engine`.
 */
import { ensureEngine, installLocalPlugins } from "../infra/local/engine";
import { withProgress } from "./lib/progress";
import { reportError } from "./lib/report-error";
import { runProject } from "./lib/test-runner";
import { addTallies, tallyLine } from "./lib/test-tally";

async function main(args: readonly string[]): Promise<number> {
  await withProgress("Pulumi engine", ensureEngine);
  await withProgress("local plugins", installLocalPlugins);
  const unit = await runProject("unit", args);
  const services = await runProject("services", args);
  const endToEnd = await runProject("end-to-end", args);
  const browser = await runProject("browser", args);
  const total = addTallies([unit, services, endToEnd, browser]);
  process.stdout.write(`\n${tallyLine(total)}\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.exitCode = reportError(error, { debug: false, json: false });
    process.stdout.write(`\n${tallyLine({ passed: 0, failed: 1, skipped: 0 })}\n`);
  },
);
