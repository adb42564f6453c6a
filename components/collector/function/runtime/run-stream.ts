/** Runs one stream of one connector once: from its checkpoint or savepoint to a commit, or to a status that says why not. */
import { setMaxListeners } from "node:events";
import type { GraphReader } from "../graph/client";
import { GraphError } from "../graph/errors";
import type { ServedConnector } from "../model/settings";
import type { Problem, StreamStatus } from "../model/status";
import type { CollectorStore, Lease } from "../storage/store";
import type { Stream, StreamEnd } from "../streams/stream";
import { Attempt } from "./attempt";
import { commitRun } from "./commit-run";
import { planRun } from "./plan-run";
import { degrading, graphProblem, noSavepoint, passing, runProblem, takenOver } from "./problems";
import { StreamDocuments } from "./stream-documents";

export interface RunStreamOptions {
  readonly stream: Stream;
  readonly connector: ServedConnector;
  readonly graph: GraphReader;
  readonly store: CollectorStore;
  /** Read everything although there is a checkpoint; only real differences are written. */
  readonly resync?: boolean | undefined;
  /** Stops the run where it is; the next one goes on from the last savepoint. */
  readonly signal?: AbortSignal | undefined;
  /** The run stops at the last savepoint before this moment. */
  readonly deadline?: Date | undefined;
  /** Told a few times a second. */
  readonly onProgress?: ((status: StreamStatus) => void) | undefined;
  readonly now?: (() => Date) | undefined;
  /**
   * A stream is read and written wholly again when its last whole copy is so old. For stores whose retention rule
   * deletes parts; default never.
   */
  readonly rewriteAfterDays?: number | undefined;
  /** Least time between two savepoints, default 15,000. */
  readonly savepointMilliseconds?: number | undefined;
}

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

/**
 * Like `collectStream`, for callers that only show the status.
 * @returns the status as it is in the store
 */
export async function runStream(options: RunStreamOptions): Promise<StreamStatus> {
  return (await collectStream(options)).status;
}

/** Runs a stream once. What goes wrong with Graph, or with the store while it can still be told, is in the status. */
export async function collectStream(options: RunStreamOptions): Promise<RunOutcome> {
  const { store, connector, stream, now = () => new Date() } = options;
  const documents = new StreamDocuments(store, connector.slug, stream.name);
  let lease: Lease | undefined;
  try {
    lease = await store.state.lease(documents.paths.lock);
    if (lease === undefined) return { end: "busy", status: await statusOfOther(documents, now()) };
  } catch (error) {
    return { end: "failed-for-now", status: statusWithout(documents, runProblem(error), now()) };
  }
  try {
    const first = await runOnce(options, documents, lease, false);
    return first === "afresh" ? await lastTry(options, documents, lease) : first;
  } finally {
    // A lease that can't be given back ends by itself.
    await lease.release().catch(() => undefined);
  }
}

async function lastTry(
  options: RunStreamOptions,
  documents: StreamDocuments,
  lease: Lease,
): Promise<RunOutcome> {
  const second = await runOnce(options, documents, lease, true);
  if (second === "afresh") throw new Error("A run that was begun afresh asked for it again.");
  return second;
}

/** @returns `afresh`: a link or page token is too old, everything has to be read again from the beginning */
async function runOnce(
  options: RunStreamOptions,
  documents: StreamDocuments,
  lease: Lease,
  afresh: boolean,
): Promise<RunOutcome | "afresh"> {
  const now = options.now ?? (() => new Date());
  let attempt: Attempt | undefined;
  try {
    attempt = await begin(options, documents, lease, afresh, now);
    const end = await attempt.consume();
    await attempt.progress.stop();
    return end === undefined ? await stopped(attempt) : await committed(attempt, end, now());
  } catch (error) {
    if (!afresh && error instanceof GraphError && error.kind === "expired-link") return "afresh";
    await attempt?.progress.stop();
    return await failed(options, documents, attempt, lease, error, now());
  } finally {
    await attempt?.progress.stop();
    attempt?.parts.discard();
  }
}

/** Writes the savepoint that makes this the one attempt of its number, and the status. */
async function begin(
  options: RunStreamOptions,
  documents: StreamDocuments,
  lease: Lease,
  afresh: boolean,
  now: () => Date,
): Promise<Attempt> {
  const { stream, connector, graph, deadline, onProgress, savepointMilliseconds } = options;
  const [status] = await Promise.all([documents.status(), documents.read()]);
  const commit = documents.commit.value;
  const request = {
    connector: connector.slug,
    stream: stream.name,
    types: stream.records,
    resync: afresh || (options.resync ?? false),
    rewriteAfterDays: options.rewriteAfterDays,
    afresh,
    now: now(),
  };
  const run = planRun(request, commit, documents.savepoint.value);
  await documents.savepoint.write(run);
  const signal = options.signal ?? new AbortController().signal;
  setMaxListeners(0, signal);
  const attempt = new Attempt(
    {
      stream,
      connector,
      graph,
      deadline,
      onProgress,
      now,
      signal,
      lease: lease.signal,
      savepointMilliseconds,
    },
    documents,
    run,
  );
  attempt.progress.lastSuccess = commit?.committedAt ?? status?.lastSuccess;
  await attempt.progress.persist("syncing");
  return attempt;
}

async function committed(attempt: Attempt, end: StreamEnd, now: Date): Promise<RunOutcome> {
  const commit = await commitRun(attempt, end, now);
  attempt.progress.lastSuccess = commit.committedAt;
  const [missing] = end.degraded;
  if (missing === undefined) {
    return { end: "committed", status: await attempt.progress.persist("connected", undefined, true) };
  }
  const problem: Problem = {
    code: missing.code,
    message: end.degraded.map(({ message }) => message).join(" "),
    next: "Nothing to do where it is not wanted; otherwise the tenant needs what is named.",
  };
  return { end: "committed", status: await attempt.progress.persist("degraded", problem, true) };
}

/** The deadline came: syncing as long as each attempt gets further. */
async function stopped(attempt: Attempt): Promise<RunOutcome> {
  if (attempt.savepoints === 0) {
    return { end: "failed", status: await attempt.progress.persist("error", noSavepoint, true) };
  }
  return { end: "stopped", status: await attempt.progress.persist("syncing") };
}

async function failed(
  options: RunStreamOptions,
  documents: StreamDocuments,
  attempt: Attempt | undefined,
  lease: Lease,
  error: unknown,
  now: Date,
): Promise<RunOutcome> {
  if (attempt !== undefined) {
    if (error instanceof GraphError && error.kind === "deadline") return stopped(attempt);
    if (options.signal?.aborted && !lease.signal.aborted) {
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
function statusWithout({ connector, stream }: StreamDocuments, problem: Problem, now: Date): StreamStatus {
  return { connector, stream, state: "error", problem, updatedAt: now.toISOString() };
}

async function statusOfOther(documents: StreamDocuments, now: Date): Promise<StreamStatus> {
  const { connector, stream } = documents;
  const status = await documents.status();
  return status ?? { connector, stream, state: "syncing", updatedAt: now.toISOString() };
}
