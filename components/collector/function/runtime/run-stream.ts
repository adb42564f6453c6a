/** Runs one stream of one connector once: from its checkpoint or savepoint to a commit, or to a status that says why not. */
import { setMaxListeners } from "node:events";
import type { GraphReader } from "../graph/client";
import { GraphError } from "../graph/errors";
import type { ActivityReader } from "../management-activity/client";
import type { ServedConnector } from "../model/settings";
import type { StreamStatus } from "../model/status";
import type { CollectorStore, Lease } from "../storage/store";
import type { Stream } from "../streams/stream";
import { Attempt } from "./attempt";
import { isOfEvents } from "./open-ledger";
import { planRun } from "./plan-run";
import { runProblem } from "./problems";
import { committed, failed, type RunOutcome, statusOfOther, statusWithout, stopped } from "./run-outcome";
import { StreamDocuments } from "./stream-documents";

export interface RunStreamOptions {
  readonly stream: Stream;
  readonly connector: ServedConnector;
  readonly graph: GraphReader;
  /** The feed of Office 365 events; none where the cloud has none. */
  readonly activity?: ActivityReader | undefined;
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
    return await failed(options.signal, documents, attempt, lease, error, now());
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
  const { stream, connector, graph, activity, deadline, onProgress, savepointMilliseconds } = options;
  const [status] = await Promise.all([documents.status(), documents.read()]);
  const commit = documents.commit.value;
  const request = {
    connector: connector.slug,
    stream: stream.name,
    types: stream.records,
    events: isOfEvents(stream),
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
      activity,
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
