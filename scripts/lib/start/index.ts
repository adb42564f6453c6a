/** The main job, step by step. Each step says what it found or did; the table at the end says where that leads. */
import type { Stack } from "@pulumi/pulumi/automation";
import { ensureEngine, installLocalPlugins } from "../../../infra/local/engine";
import { startTenant, tenantStatus } from "../../../infra/local/tenant/process";
import type { StackOutputs } from "../../../infra/outputs";
import type { AskCollector } from "../connection/by-collector";
import { checkConnection } from "../connection/check";
import type { ConnectionReport } from "../connection/report";
import { chooseConnectors } from "../connectors";
import {
  type Changes,
  deployStack,
  describeChanges,
  openLog,
  previewStack,
  type RunLog,
  type Violation,
} from "../deploy";
import { formatDuration } from "../duration";
import { UserError } from "../errors";
import { count } from "../output";
import { localPolicyPacks, type PolicyPacks } from "../policy-pack";
import { runSteps, type Step } from "../progress";
import { repairInterrupted } from "../repair";
import { repairText } from "../repair/text";
import { isLocal } from "../stack/environment";
import { outputsOf } from "../stack/outputs";
import { findStack, type StackReference } from "../stack/project";
import { openStack } from "../stack/workspace";
import { palette } from "../terminal";
import { type CollectorRun, runCollector } from "./collector";
import { reportOfStart, type StartReport } from "./report";

export { startText } from "./text";

export interface StartOptions {
  readonly stack: string;
  readonly plugins: "local" | "official";
}

/** What a start came to. */
export interface StartResult {
  readonly stack: string;
  readonly changes: Changes;
  readonly connections: readonly ConnectionReport[];
  readonly outputs: Pick<StackOutputs, "connectors" | "collector">;
  /** What the collector's run came to; null where the stack deploys none that reads. */
  readonly collector: CollectorRun | null;
  /** Null where there is no collector whose data a report could show. */
  readonly report: StartReport | null;
  readonly log: string;
}

/** How long a test waits for replication: the local tenant's takes a few seconds. */
const patience = 60_000;

/** Runs the main job with a line a step. */
export async function runStart(options: StartOptions): Promise<StartResult> {
  const reference = findStack(options.stack);
  if (!isLocal(reference)) {
    throw new UserError(
      `The stack ${options.stack} is not one of the local tenant, and npm start deploys to that only.`,
      {
        next: `Deploy it: npm run -s cli -- up --stack ${options.stack}`,
      },
    );
  }
  const where = palette(process.stderr).bold(`entra-connectors · ${options.stack} stack on the local tenant`);
  process.stderr.write(`${where}\n\n`);
  const run = new StartRun(reference, options.plugins, openLog("start"));
  await runSteps(run.steps());
  await run.collect();
  await runSteps([run.connections(), ...run.report()]);
  await run.log.close();
  return run.result();
}

/** One run: what a step makes, a later one uses. */
class StartRun {
  readonly #policyPacks: PolicyPacks;
  #stack: Stack | undefined;
  #changes: Changes = {};
  #outputs: StackOutputs | undefined;
  #collector: CollectorRun | undefined;
  #connections: readonly ConnectionReport[] = [];
  #report: StartReport | undefined;

  constructor(
    readonly reference: StackReference,
    readonly plugins: StartOptions["plugins"],
    readonly log: RunLog,
  ) {
    this.#policyPacks = localPolicyPacks(reference.directory);
  }

  steps(): readonly Step[] {
    return [
      { title: "Pulumi engine", run: getEngine },
      { title: "local tenant", run: startLocalTenant },
      { title: "plugins", run: (progress) => this.#preparePlugins(progress) },
      { title: "preview", run: (progress) => this.#preview(progress) },
      { title: "pulumi up", run: (progress) => this.#up(progress) },
    ];
  }

  /** Has the collector run, where the stack deploys one. */
  async collect(): Promise<void> {
    this.#collector = await runCollector(this.#read());
  }

  connections(): Step {
    return { title: "connections", run: (progress) => this.#test(progress) };
  }

  /** A step where the stack has a collector that reads, else none. */
  report(): readonly Step[] {
    return this.#collector === undefined ? [] : [{ title: "report", run: () => this.#writeReport() }];
  }

  result(): StartResult {
    return {
      stack: this.reference.name,
      changes: this.#changes,
      connections: this.#connections,
      outputs: { connectors: this.#outputs?.connectors ?? {}, collector: this.#outputs?.collector ?? null },
      collector: this.#collector ?? null,
      report: this.#report ?? null,
      log: this.log.path,
    };
  }

  async #preparePlugins(progress: (line: string) => void): Promise<string> {
    if (this.plugins === "local") {
      await installLocalPlugins(progress);
      this.#stack = await openStack(this.reference);
      return "local azuread and azure-native";
    }
    this.#stack = await openStack(this.reference, "official");
    return "official ones, installed or downloaded when they are first used";
  }

  async #preview(progress: (line: string) => void): Promise<string> {
    const repair = await repairInterrupted(this.reference, { settle: 5_000, progress });
    if (repair) progress(repairText(repair));
    const { changes, violations } = await previewStack(this.#opened(), { ...this.#common(), progress });
    const told = [describeChanges(changes, "future"), await policyText(violations)];
    if (repair) told.push(repairText(repair));
    return told.join(" · ");
  }

  async #up(progress: (line: string) => void): Promise<string> {
    const startedAt = Date.now();
    const { changes } = await deployStack(this.#opened(), { ...this.#common(), progress });
    this.#changes = changes;
    this.#outputs = await outputsOf(this.reference);
    return `${describeChanges(changes, "past")} in ${formatDuration(Date.now() - startedAt)}`;
  }

  async #test(progress: (line: string) => void): Promise<string> {
    const outputs = this.#read();
    const how = { deadline: Date.now() + patience, interval: 500, progress };
    const chosen = chooseConnectors(outputs, undefined);
    const askCollector: AskCollector = async ({ slug }) =>
      (this.#collector?.streams ?? []).filter(({ connector }) => connector === slug);
    this.#connections = await Promise.all(
      chosen.map((one) => checkConnection({ ...one, outputs, askCollector }, how)),
    );
    const connected = this.#connections.filter(({ state }) => state === "Connected").length;
    return `${connected} of ${count(chosen.length, "connector")} connected`;
  }

  async #writeReport(): Promise<string> {
    this.#report = await reportOfStart(this.reference.name, this.#read());
    return this.#report.verdict;
  }

  #common() {
    return { policyPacks: this.#policyPacks, refresh: false, log: this.log };
  }

  #read(): StackOutputs {
    if (this.#outputs) return this.#outputs;
    throw new UserError("The stack's outputs have not been read.");
  }

  #opened(): Stack {
    if (this.#stack) return this.#stack;
    throw new UserError("The stack has not been opened.");
  }
}

/** `policy pack: 34 rules, 0 violations`; what is only advised is told in the log. */
async function policyText(violations: readonly Violation[]): Promise<string> {
  const { rules } = await import("../../../policies/rules/index.js");
  const pack = `policy pack: ${rules.length} rules, ${count(violations.length, "violation")}`;
  const names = [...new Set(violations.map(({ policy }) => policy))];
  return names.length === 0 ? pack : `${pack} (${names.join(", ")})`;
}

async function getEngine(progress: (line: string) => void): Promise<string> {
  const startedAt = Date.now();
  const { version, source } = await ensureEngine(progress);
  const elapsed = Date.now() - startedAt;
  const made: Readonly<Record<string, string>> = {
    path: "found on PATH",
    download: "downloaded",
    go: "built from Go modules",
  };
  const how = made[source] ?? source;
  return elapsed > 5_000
    ? `${version} ${how} in ${formatDuration(elapsed)} (kept for this user)`
    : `${version} ${how}`;
}

async function startLocalTenant(progress: (line: string) => void): Promise<string> {
  const { endpoint } = await startTenant({ onProgress: progress });
  const status = await tenantStatus();
  const objects = status?.objects ?? {};
  const size = [count(objects.users ?? 0, "user"), count(objects.groups ?? 0, "group")].join(", ");
  return `${endpoint.domain} · ${size} · ${endpoint.origin}`;
}
