/** How a stream stands now: as its status says, unless the run that wrote it is no more. */
import type { Problem, StreamStatus } from "../model/status";
import type { StreamName } from "../model/stream-names";
import type { CollectorStore } from "../storage/store";
import { statePaths } from "./paths";
import { readStatus, StreamDocuments } from "./stream-documents";

/**
 * Who runs the streams of a store. A function app's queue brings a run that was cut off back within minutes, and the
 * schedule takes up what it forgot; on a machine nothing goes on until somebody collects again.
 */
export type Runner = "function app" | "this machine";

/** A stream that waits or runs, and of which nothing was heard for longer, is taken for forgotten by the schedule. */
const forgottenMilliseconds = { queued: 45 * 60_000, syncing: 10 * 60_000 } as const;
/** A run tells every 30 seconds that it is alive: one that was silent for longer is not, unless it holds the lease. */
export const silentMilliseconds = 100_000;

/** The stream waits in the queue or is being worked on, and was heard of lately. */
export function isUnderWay({ state, updatedAt }: StreamStatus, now: Date): boolean {
  if (state !== "queued" && state !== "syncing") return false;
  return now.getTime() - Date.parse(updatedAt) < forgottenMilliseconds[state];
}

/**
 * The status of a stream, for people: `interrupted` where it says `syncing`, the run holds no lease, and nothing was
 * heard of it for longer than a living run keeps silent. Nothing is written.
 * @returns undefined when the stream never ran
 */
export async function readStanding(
  store: CollectorStore,
  connector: string,
  stream: StreamName,
  { runner, now }: { readonly runner: Runner; readonly now: Date },
): Promise<StreamStatus | undefined> {
  const patience = runner === "function app" ? forgottenMilliseconds.syncing : silentMilliseconds;
  const isSilent = (one: StreamStatus) => now.getTime() - Date.parse(one.updatedAt) >= patience;
  const status = await readStatus(store.state, connector, stream);
  if (status?.state !== "syncing" || !isSilent(status)) return status;
  if (await store.state.isLeased(statePaths(connector, stream).lock)) return status;
  // The run may have ended between the two looks; what it wrote then holds.
  const again = await readStatus(store.state, connector, stream);
  if (again?.updatedAt !== status.updatedAt) return again;
  const kept = await hasSavepoint(store, connector, stream, status);
  return { ...status, state: "interrupted", problem: interruption(status, kept, runner) };
}

/** @returns false where the savepoint is another run's, or can't be read */
async function hasSavepoint(
  store: CollectorStore,
  connector: string,
  stream: StreamName,
  { run }: StreamStatus,
): Promise<boolean> {
  const { savepoint } = new StreamDocuments(store, connector, stream);
  await savepoint.read().catch(() => undefined);
  return savepoint.value?.resume !== undefined && savepoint.value.runId === run?.runId;
}

function interruption({ run, updatedAt }: StreamStatus, kept: boolean, runner: Runner): Problem {
  const at = `${updatedAt.slice(0, 16).replace("T", " ")} UTC`;
  const count = (value: number, noun: string) =>
    `${value.toLocaleString("en-US")} ${noun}${value === 1 ? "" : "s"}`;
  const reached =
    run === undefined || run.requests === 0
      ? "It had read nothing."
      : `It had come to ${count(run.records, "record")} in ${count(run.requests, "request")}.`;
  const resumes = kept
    ? "The next run goes on from the last savepoint"
    : "Nothing of it was saved yet: the next run begins it anew";
  const start =
    runner === "function app"
      ? "wait for the schedule, or start it: npm run -s cli -- collect --deployed"
      : "start it: npm run -s cli -- collect";
  return {
    code: "interrupted",
    message: `The run was interrupted: nothing was heard of it since ${at}. ${reached}`,
    next: `${resumes}; ${start}`,
  };
}
