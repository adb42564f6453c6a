import type { Command } from "@commander-js/extra-typings";
import { confirm } from "../lib/confirm";
import { duration } from "../lib/duration-option";
import {
  type CheckReport,
  checkText,
  exitCodes,
  type PrepareReport,
  planText,
  prepareText,
} from "../lib/mailbox-audit/report";
import { check, planOf, prepare, type SetUpJob } from "../lib/mailbox-audit/run";
import { chooseSetUp } from "../lib/mailbox-audit/set-up";
import { count, printResult } from "../lib/output";
import { withProgress } from "../lib/progress";
import { readOutputs } from "../lib/stack/outputs";
import { findStack } from "../lib/stack/project";

/** Milliseconds. */
const usualTimeout = 300_000;
/** Milliseconds between two looks. */
const interval = 2_000;

const checkExamples = `
Examples:
  npm run -s cli -- mailbox-audit check
  npm run -s cli -- mailbox-audit check "Exchange Contoso" --stack contoso --json

Says whether the non-owner report can be complete: auditing by default, the unified audit log, mailboxes whose own
auditing is off or reduced, accounts that bypass auditing. It reads only. What was granted a moment ago takes Exchange a while
to hear of: it waits for that, up to --timeout. Exit code 0: nothing is in the way, 2: something is, 1: it could not look.
`;

const prepareExamples = `
Examples:
  npm run -s cli -- mailbox-audit prepare
  npm run -s cli -- mailbox-audit prepare --yes --keep-bypass

Shows what it would change, asks (or needs --yes), and changes exactly that; what is right is not touched, and a second run
has nothing to do. It waits for grants as check does. Exit code 0: all is right now, 2: something could not be changed, 1: failed before, or not confirmed.
`;

/** `mailbox-audit check | prepare`: what the non-owner report needs of Exchange, with the set-up registration. */
export function register(program: Command): void {
  const group = program
    .command("mailbox-audit")
    .description("check that mailbox auditing is on, and switch it on, with the set-up registration");
  registerCheck(group);
  registerPrepare(group);
}

function registerCheck(group: Command): void {
  group
    .command("check")
    .description("say what keeps access by others than the owner out of the report")
    .argument("[connector]", "name or slug of the Exchange entry; needed when the stack has several set-ups")
    .option("--keep-bypass", "accounts that bypass auditing are meant to")
    .option(
      "--timeout <duration>",
      "how long to wait for grants to arrive, for example 90s or 1h",
      duration,
      usualTimeout,
    )
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print the findings as JSON")
    .addHelpText("after", checkExamples)
    .action(async (connector, options) => {
      const report = await withProgress("mailbox-audit check", async (progress) =>
        check(await jobOf(connector, options, progress)),
      );
      printResult(report, { json: options.json, text: checkText });
      if (planOf(report).length > 0) process.exitCode = exitCodes.notReady;
    });
}

function registerPrepare(group: Command): void {
  group
    .command("prepare")
    .description("switch on what is off; shows the plan and asks first")
    .argument("[connector]", "name or slug of the Exchange entry; needed when the stack has several set-ups")
    .option("--keep-bypass", "leave accounts that bypass auditing as they are")
    .option("--yes", "don't ask; needed outside a terminal")
    .option(
      "--timeout <duration>",
      "how long to wait for grants to arrive, for example 90s or 1h",
      duration,
      usualTimeout,
    )
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print findings and changes as JSON")
    .addHelpText("after", prepareExamples)
    .action(async (connector, options) => {
      const report = await prepareWithConsent(connector, options);
      printResult(report, { json: options.json, text: prepareText });
      if (report.changes.some(({ result }) => result === "failed")) process.exitCode = exitCodes.notReady;
    });
}

interface Options {
  readonly stack: string;
  readonly cwd?: string | undefined;
  readonly keepBypass?: true | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly yes?: true | undefined;
}

async function prepareWithConsent(connector: string | undefined, options: Options): Promise<PrepareReport> {
  const [job, report] = await withProgress("mailbox-audit check", async (progress) => {
    const found = await jobOf(connector, options, progress);
    return [found, await check(found)] as const;
  });
  const changes = planOf(report);
  if (changes.length === 0) return { ...report, changes: [] };
  // The plan is for whoever answers; results belong on standard output.
  process.stderr.write(`\n${planText(report, changes)}\n`);
  if (!options.yes) await confirm(questionText(report), "Add --yes to change it without a question.");
  return withProgress("mailbox-audit prepare", (progress) => prepare({ ...job, progress }, report));
}

function questionText(report: CheckReport): string {
  return `Make ${count(planOf(report).length, "change")} in Exchange as "${report.registration}"?`;
}

async function jobOf(
  connector: string | undefined,
  { stack, cwd, keepBypass, timeout }: Options,
  progress: (line: string) => void,
): Promise<SetUpJob> {
  progress("reading the stack's outputs");
  const outputs = await readOutputs(findStack(stack, cwd));
  const setUp = chooseSetUp(outputs, connector);
  progress(`signing in as ${setUp.connector.manifest.name}`);
  const choices = { keepBypass: keepBypass === true };
  return { setUp, outputs, choices, patience: { timeout, interval }, progress };
}
