/** Runs one project of vitest in a process of its own. */
import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { projectRoot } from "../../infra/local/paths";
import { type Tally, tallyOf } from "./test-tally";

/** Runs the tests of a project, shows them, leaves `test-results/<project>.json` and `.xml`, and counts them. */
export async function runProject(project: string, args: readonly string[]): Promise<Tally> {
  const reports = join(projectRoot(), "test-results");
  const report = join(reports, `${project}.json`);
  await mkdir(reports, { recursive: true });
  await rm(report, { force: true });
  process.stdout.write(`\n${project} tests\n`);
  const exitCode = await runVitest([
    "run",
    `--project=${project}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    "--reporter=junit",
    `--outputFile.junit=${join(reports, `${project}.xml`)}`,
    // What was asked for may be in one of the projects only.
    ...(args.length === 0 ? [] : ["--passWithNoTests", ...args]),
  ]);
  return tallyOf(await readFile(report, "utf8").catch(() => undefined), exitCode);
}

function runVitest(args: readonly string[]): Promise<number | undefined> {
  const vitest = join(dirname(createRequire(__filename).resolve("vitest/package.json")), "vitest.mjs");
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [vitest, ...args], {
      cwd: projectRoot(),
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", () => resolve(undefined));
    child.once("exit", (code) => resolve(code ?? undefined));
  });
}
