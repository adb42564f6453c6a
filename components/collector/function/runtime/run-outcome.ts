/** How an attempt ends, and the status that says so. */
import { GraphError } from "../graph/errors";
import type { Problem, StreamStatus } from "../model/status";
import type { Lease } from "../storage/store";
import type { StreamEnd } from "../streams/stream";
import type { Attempt } from "./attempt";
import { commitRun } from "./commit-run";
import { degrading, graphProblem, noSavepoint, passing, runProblem, takenOver } from "./problems";
import type { StreamDocuments } from "./stream-documents";

/** How an attempt ended. */
export interface RunOutcome {
  /**
   * `committed`: complete. `stopped`: the deadline came, all up to the last savepoint is kept. `cancelled`: likewise,
   * because the caller said so. `busy`: another instance works on the stream. `failed`: nothing was committed, see the status. `failed-for-now`:
   * likewise, and trying again soon may help.
   */
  readonly end: "committed" | "stopped" | "cancelled" | "busy" | "failed" | "failed-for-now";
  readonly status: StreamStatus;
}

const degradedNext = "Nothing to do where it is not wanted; otherwise the tenant needs what is named.";
const gapNext =
  "What the service still holds is asked for again; the rest is gone. Let the collector run often enough.";

export async function committed(attempt: Attempt, end: StreamEnd, now: Date): Promise<RunOutcome> {
  const commit = await commitRun(attempt, end, now);
  attempt.progress.lastSuccess = commit.committedAt;
  const [missing] = end.degraded;
  if (missing === undefined) {
    return { end: "committed", status: await attempt.progress.persist("connected", undefined, true) };
  }
  const problem: Problem = {
    code: missing.code,
    message: end.degraded.map(({ message }) => message).join(" "),
    next: missing.code === "gap" ? gapNext : degradedNext,
  };
  return { end: "committed", status: await attempt.progress.persist("degraded", problem, true) };
}

/** The deadline came: syncing as long as each attempt gets further. */
export async function stopped(attempt: Attempt): Promise<RunOutcome> {
  if (attempt.savepoints === 0) {
    return { end: "failed", status: await attempt.progress.persist("error", noSavepoint, true) };
  }
  return { end: "stopped", status: await attempt.progress.persist("syncing") };
}

export async function failed(
  signal: AbortSignal | undefined,
  documents: StreamDocuments,
  attempt: Attempt | undefined,
  lease: Lease,
  error: unknown,
  now: Date,
): Promise<RunOutcome> {
  if (attempt !== undefined) {
    if (error instanceof GraphError && error.kind === "deadline") return stopped(attempt);
    if (signal?.aborted && !lease.signal.aborted) {
      return { end: "cancelled", status: await attempt.progress.persist("syncing") };
    }
    if (error instanceof GraphError) return failedAtGraph(attempt, error);
  }
  const problem = runProblem(error);
  const lasting = problem.code === "internal" || problem.code === "configuration";
  const end = lasting ? "failed" : "failed-for-now";
  return { end, status: await tell(documents, attempt, lease, problem, now) };
}

async function failedAtGraph(attempt: Attempt, error: GraphError): Promise<RunOutcome> {
  const state = degrading.has(error.kind) ? "degraded" : "error";
  return {
    end: passing.has(error.kind) ? "failed-for-now" : "failed",
    status: await attempt.progress.persist(state, graphProblem(error), true),
  };
}

/** The status of a run that the store failed, written if the store lets it and the stream is still ours. */
async function tell(
  documents: StreamDocuments,
  attempt: Attempt | undefined,
  lease: Lease,
  problem: Problem,
  now: Date,
): Promise<StreamStatus> {
  const { connector, stream } = documents;
  const status: StreamStatus = attempt?.progress.status("error", problem, true) ?? {
    ...(await documents.status().catch(() => undefined)),
    connector,
    stream,
    state: "error",
    problem,
    updatedAt: now.toISOString(),
  };
  const taken = problem.message === takenOver;
  if (!lease.signal.aborted && !taken) await documents.writeStatus(status).catch(() => undefined);
  return status;
}

/** The store can't even be asked who works on the stream. */
export function statusWithout(
  { connector, stream }: StreamDocuments,
  problem: Problem,
  now: Date,
): StreamStatus {
  return { connector, stream, state: "error", problem, updatedAt: now.toISOString() };
}

export async function statusOfOther(documents: StreamDocuments, now: Date): Promise<StreamStatus> {
  const { connector, stream } = documents;
  const status = await documents.status();
  return status ?? { connector, stream, state: "syncing", updatedAt: now.toISOString() };
}
