import type { Command } from "@commander-js/extra-typings";
import { printResult } from "../lib/output";
import { lockStacks, type StackLock } from "../lib/review/lock-stacks";
import { lockReportText } from "../lib/review/lock-text";

const help = `
A lock file is what a reviewer sees: every permission of a stack with its reason, a line each. It is made of the stack's
settings, without the cloud, the engine or a credential, and committed beside them.

Examples:
  npm run -s cli -- permissions lock                    all stacks of this project
  npm run -s cli -- permissions lock --stack contoso
  npm run -s cli -- permissions lock --check            for CI: changes nothing

Exit codes: 0 written, or nothing to write; 1 bad settings or no such stack; 2 with --check: a lock file is stale.
`;

/** `permissions lock`: writes, or checks, the lock files. */
export function registerLock(permissions: Command): void {
  permissions
    .command("lock")
    .description("write the permissions of each stack to infra/permissions, for review")
    .option("--stack <names...>", "stacks to lock; without it: all")
    .option("--all", "all stacks of the project (the default)")
    .option("--check", "write nothing; exit 2 when a lock file is stale")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(({ stack, all, check = false, cwd, json }) => {
      const locks = lockStacks({ stacks: all ? undefined : stack, directory: cwd, write: !check });
      printResult(locks, { json, text: (result) => lockReportText(result, { check }) });
      if (check && locks.some(isStale)) process.exitCode = 2;
    });
}

function isStale({ state }: StackLock): boolean {
  return state !== "current";
}
