/** The two jobs: look, and mend. */
import type { StackOutputs } from "../../../infra/outputs";
import type { NamedConnector } from "../connectors";
import { applyChanges } from "./apply";
import { openWhenTaken, type SetUpPatience } from "./arrival";
import { readAuditing } from "./auditing";
import { changesOf, findingsOf, type PlanChoices, type PlannedChange } from "./plan";
import { explained } from "./refusal";
import { type CheckReport, checkReport, type PrepareReport } from "./report";
import { openAs } from "./set-up";

/** A stack's registration that may look and change. */
export interface SetUpJob {
  readonly setUp: NamedConnector;
  readonly outputs: StackOutputs;
  readonly choices: PlanChoices;
  /** How long to wait for what was granted a moment ago. */
  readonly patience: SetUpPatience;
  readonly progress: (line: string) => void;
}

/** Reads how auditing is set, as soon as Exchange takes the registration. @throws UserError */
export async function check(job: SetUpJob): Promise<CheckReport> {
  return inWords(job, async (name) => {
    const exchange = await openWhenTaken(job);
    const auditing = await readAuditing(exchange, job.progress);
    return checkReport(name, auditing, findingsOf(auditing, job.choices));
  });
}

/** What would be changed. */
export function planOf(report: CheckReport): readonly PlannedChange[] {
  return changesOf(report.findings);
}

/** Makes the changes that the check found, and nothing else. @throws UserError */
export async function prepare(job: SetUpJob, report: CheckReport): Promise<PrepareReport> {
  return inWords(job, async () => {
    const exchange = await openAs(job.setUp, job.outputs, job.progress);
    return { ...report, changes: await applyChanges(exchange, planOf(report), job.progress) };
  });
}

async function inWords<T>({ setUp }: SetUpJob, work: (name: string) => Promise<T>): Promise<T> {
  const { name } = setUp.connector.manifest;
  try {
    return await work(name);
  } catch (error) {
    throw explained(error, name);
  }
}
