/** Keeps the figures of a run and says how it stands: to the status blob now and then, to the caller more often. */
import type { GraphFigures } from "../graph/client";
import type { Problem, RunFigures, StreamState, StreamStatus } from "../model/status";
import type { Figures, Savepoint } from "./documents";
import type { StreamDocuments } from "./stream-documents";

const tellMilliseconds = 200;
/** The status blob tells that the run is alive, also while it waits for the service; see `isUnderWay`. */
const heartbeatMilliseconds = 30_000;

/** What counts in the attempt under way. */
export interface Counters {
  readonly records: number;
  readonly tombstones: number;
}

export class Progress {
  private readonly startedAt: number;
  private readonly graphBefore: GraphFigures;
  private toldAt = 0;
  private readonly heartbeat: NodeJS.Timeout;
  private pulse: Promise<void> | undefined;
  lastSuccess: string | undefined;

  constructor(
    private readonly documents: StreamDocuments,
    private readonly savepoint: Savepoint,
    private readonly graph: { readonly figures: GraphFigures },
    private readonly counters: Counters,
    private readonly now: () => Date,
    private readonly onProgress: ((status: StreamStatus) => void) | undefined,
  ) {
    this.startedAt = now().getTime();
    this.graphBefore = copyOf(graph.figures);
    // A heartbeat that fails is followed by another; the run finds out by itself what is wrong with the store.
    this.heartbeat = setInterval(() => {
      this.pulse = this.documents.writeStatus(this.status("syncing")).catch(() => undefined);
    }, heartbeatMilliseconds);
    this.heartbeat.unref();
  }

  /** Of all attempts so far. */
  figures(): Figures {
    const { savepoint, counters, graphBefore } = this;
    const { figures } = this.graph;
    const before = savepoint.figures;
    return {
      records: before.records + counters.records,
      tombstones: before.tombstones + counters.tombstones,
      requests: before.requests + figures.requests - graphBefore.requests,
      throttled: before.throttled + figures.throttled - graphBefore.throttled,
      retries: before.retries + figures.retries - graphBefore.retries,
      milliseconds: before.milliseconds + Math.max(0, this.now().getTime() - this.startedAt),
    };
  }

  /** Tells the caller, a few times a second. */
  step(): void {
    const at = this.now().getTime();
    if (this.onProgress === undefined || at - this.toldAt < tellMilliseconds) return;
    this.toldAt = at;
    this.onProgress(this.status("syncing"));
  }

  /** Ends the heartbeat; what is persisted from now on stays. */
  async stop(): Promise<void> {
    clearInterval(this.heartbeat);
    await this.pulse;
  }

  /** Writes the status blob and tells the caller. Call `stop` before the last. */
  async persist(state: StreamState, problem?: Problem, ended = false): Promise<StreamStatus> {
    const status = this.status(state, problem, ended);
    await this.documents.writeStatus(status);
    this.onProgress?.(status);
    return status;
  }

  status(state: StreamState, problem?: Problem, ended = false): StreamStatus {
    const at = this.now().toISOString();
    const { runId, kind, startedAt, attempt } = this.savepoint;
    const run: RunFigures = {
      runId,
      kind,
      startedAt,
      ...(ended && { endedAt: at }),
      ...this.figures(),
      resumed: attempt - 1,
    };
    return {
      connector: this.documents.connector,
      stream: this.documents.stream,
      state,
      ...(problem && { problem }),
      run,
      ...(this.lastSuccess !== undefined && { lastSuccess: this.lastSuccess }),
      updatedAt: at,
    };
  }
}

/** The reader's own object goes on counting. */
function copyOf({ requests, throttled, retries, bytes }: GraphFigures): GraphFigures {
  return { requests, throttled, retries, bytes };
}
