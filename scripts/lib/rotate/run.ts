/** Carries a rotation out: plans it by the stack file and the last deployment, asks where it hurts, writes it down. */
import { realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { confirm } from "../confirm";
import { credentialName } from "../connection/sign-in";
import { UserError } from "../errors";
import { dateOf } from "../handover/sheet";
import { withProgress } from "../progress";
import { lockStacks } from "../review/lock-stacks";
import { readOutputs } from "../stack/outputs";
import { findStack, type StackReference } from "../stack/project";
import { openStackFile } from "../stack-settings";
import type { RotatingCredential, RotationPlan } from "./model";
import { type PlannedRotation, planRotation } from "./plan";
import { findConnector, renewable } from "./subject";

/** What to renew, and how. */
export interface RotateOptions {
  readonly stack: string;
  readonly cwd?: string | undefined;
  readonly credential?: RotatingCredential["kind"] | undefined;
  readonly compromised?: true | undefined;
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
}

/** What was planned, and what of it is in the files now. */
export interface Rotation {
  readonly plan: RotationPlan;
  /** The stack file says it, now or already before. */
  readonly written: boolean;
  /** The lock file that was, or with a dry run would be, written with it; undefined where there is none or it is stale anyway. */
  readonly lockFile: string | undefined;
}

/**
 * Renews the credentials of one connector as far as the files go.
 * @throws UserError when there is nothing to renew, or nobody agreed to what it breaks
 */
export async function rotate(wanted: string, options: RotateOptions): Promise<Rotation> {
  const stack = findStack(options.stack, options.cwd);
  const path = join(stack.directory, `Pulumi.${stack.name}.yaml`);
  const { plan, text } = await planned(wanted, path, stack, options);
  const changes = plan.credentials.some(({ change }) => change !== null);
  const lockFile = changes ? currentLock(stack) : undefined;
  if (options.dryRun) return { plan, written: !changes, lockFile };
  if (!options.yes) await askIfItHurts(plan);
  if (changes) writeWhole(path, text);
  if (lockFile !== undefined) lockStacks({ stacks: [stack.name], directory: stack.directory, write: true });
  return { plan, written: true, lockFile };
}

async function planned(
  wanted: string,
  path: string,
  stack: StackReference,
  { credential, compromised }: RotateOptions,
): Promise<PlannedRotation> {
  const file = openStackFile({ settings: path }, { unacknowledged: "warn" });
  const settings = file.parse(file.text);
  const connector = findConnector(settings, wanted);
  const credentials = renewable(connector, credential);
  const outputs = await withProgress("last deployment", () => readOutputs(stack));
  const deployed = outputs.connectors[connector.name];
  if (deployed === undefined) {
    throw new UserError(`${connector.name} has not been deployed yet, so there is nothing to renew.`, {
      next: `Deploy it: npm run -s cli -- up --stack ${stack.name}`,
    });
  }
  const { asOf } = settings;
  const request = {
    stack: stack.name,
    asOf,
    connector,
    credentials,
    deployed,
    compromised: compromised === true,
  };
  return planRotation(request, file);
}

/** The lock file that goes with the settings as they are; one that is stale is for a review of its own. */
function currentLock(stack: StackReference): string | undefined {
  const [lock] = lockStacks({ stacks: [stack.name], directory: stack.directory, write: false });
  return lock?.state === "current" ? lock.file : undefined;
}

async function askIfItHurts({ name, compromised, credentials }: RotationPlan): Promise<void> {
  const without = "Add --yes to go on without a question.";
  if (compromised) {
    await confirm(
      `With the next deployment every value of ${name} issued so far stops signing in, and the product with it until it gets the new one. Go on?`,
      without,
    );
    return;
  }
  for (const { taken, kind } of credentials) {
    if (taken === null) continue;
    const what = `an older ${credentialName(kind)} of ${name}, valid to ${dateOf(taken.until ?? "")},`;
    await confirm(
      `The next deployment also ends ${what} because the new one needs its slot. Does the product have the value in use now?`,
      without,
    );
  }
}

/** Whole or not at all, with the rights that the file has. */
function writeWhole(path: string, text: string): void {
  const file = realpathSync(path);
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode: statSync(file).mode });
  renameSync(temporary, file);
}
