import type { Command } from "@commander-js/extra-typings";
import { deployedEvidence } from "../lib/collect/deployed/evidence";
import { checkConnection } from "../lib/connection/check";
import { allConnected, type ConnectionReport } from "../lib/connection/report";
import { connectionText } from "../lib/connection/text";
import { chooseConnectors } from "../lib/connectors";
import { duration } from "../lib/duration-option";
import { count, printResult } from "../lib/output";
import { withProgress } from "../lib/progress";
import { readOutputs } from "../lib/stack/outputs";
import { findStack } from "../lib/stack/project";

const examples = `
Examples:
  npm run -s cli -- test-connection
  npm run -s cli -- test-connection conductorone --timeout 5m
  npm run -s cli -- test-connection --stack contoso --json

It signs in with the credential that the vendor's product was given, compares the permissions in the token with the
manifest, and makes one harmless read for each capability. A connector that only the collector can sign in as is judged by
the collector's runs. What was granted a moment ago takes a while to arrive everywhere: it waits for that, up to
--timeout. Exit code 0 only when every connector that is on is connected.
`;

/** `test-connection [connector]`: signs in as each connector and tries what it is for. */
export function register(program: Command): void {
  program
    .command("test-connection")
    .description("sign in as each connector, compare its permissions, try each capability")
    .argument("[connector]", "name or slug of one connector; without it: all")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option(
      "--timeout <duration>",
      "how long to wait for replication, for example 90s or 5m",
      duration,
      120_000,
    )
    .option("--json", "print the reports as JSON")
    .addHelpText("after", examples)
    .action(async (connector, options) => {
      const reports = await testConnections(connector, options);
      printResult(reports, { json: options.json, text: connectionText });
      if (!allConnected(reports)) process.exitCode = 1;
    });
}

/** Which stack, and how patiently. */
interface TestOptions {
  readonly stack: string;
  readonly cwd?: string | undefined;
  /** Milliseconds. */
  readonly timeout: number;
}

async function testConnections(
  wanted: string | undefined,
  options: TestOptions,
): Promise<ConnectionReport[]> {
  const stack = findStack(options.stack, options.cwd);
  return withProgress("test-connection", async (progress) => {
    progress("reading the stack's outputs");
    const outputs = await readOutputs(stack);
    const chosen = chooseConnectors(outputs, wanted);
    progress(`signing in as ${count(chosen.length, "connector")}`);
    const patience = { deadline: Date.now() + options.timeout, interval: 1_000, progress };
    const askCollector = deployedEvidence(outputs, patience);
    return Promise.all(
      chosen.map((subject) => checkConnection({ ...subject, outputs, askCollector }, patience)),
    );
  });
}
