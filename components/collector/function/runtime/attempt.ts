/** One attempt of a run: consumes the stream's steps from the savepoint, or the beginning, to the end or the deadline. */
import type { GraphFigures, GraphReader } from "../graph/client";
import type { ActivityReader } from "../management-activity/client";
import type { ServedConnector } from "../model/settings";
import type { StreamStatus } from "../model/status";
import { LeaseLostError } from "../storage/store";
import type { Stream, StreamContext, StreamEnd, StreamStep } from "../streams/stream";
import type { Savepoint } from "./documents";
import type { Ledger } from "./ledger";
import { openLedger } from "./open-ledger";
import { PartWriter } from "./part-writer";
import { runFolder } from "./paths";
import { Progress } from "./progress";
import type { StreamDocuments } from "./stream-documents";

/** A savepoint costs a part and two writes, so not every one that a stream offers is taken. */
const usualSavepointMilliseconds = 15_000;
/** Of the time that an attempt has, the share that is kept for stopping; and no more than this. */
const reserveShare = 0.1;
const mostReserveMilliseconds = 60_000;

/** What an attempt works with; see `RunStreamOptions`. */
export interface AttemptOptions {
  readonly stream: Stream;
  readonly connector: ServedConnector;
  readonly graph: GraphReader;
  readonly activity: ActivityReader | undefined;
  readonly signal: AbortSignal;
  /** The store's lease: lost means that another instance works. */
  readonly lease: AbortSignal;
  readonly deadline: Date | undefined;
  readonly onProgress: ((status: StreamStatus) => void) | undefined;
  readonly now: () => Date;
  readonly savepointMilliseconds?: number | undefined;
}

export class Attempt {
  readonly folder: string;
  readonly parts: PartWriter;
  readonly ledger: Ledger;
  readonly progress: Progress;
  /** Savepoints written by this attempt. */
  savepoints = 0;
  private savedAt: number;
  private readonly stopAt: number;

  constructor(
    private readonly options: AttemptOptions,
    readonly documents: StreamDocuments,
    readonly run: Savepoint,
  ) {
    const { stream, connector, now, deadline } = options;
    const { runId, startedAt, attempt } = run;
    this.folder = runFolder(connector.slug, stream.name, startedAt, runId);
    this.parts = new PartWriter(documents.store.data, this.folder, attempt, run.parts);
    this.ledger = openLedger(stream, documents, run, this.parts);
    this.progress = new Progress(documents, run, sourcesOf(options), this.ledger, now, options.onProgress);
    this.savedAt = now().getTime();
    this.stopAt = deadline === undefined ? Number.POSITIVE_INFINITY : stopTime(this.savedAt, deadline);
  }

  /**
   * @returns the stream's end, or undefined when the deadline was near and all so far is saved
   * @throws GraphError, what the store throws, LeaseLostError, or the signal's reason
   */
  async consume(): Promise<StreamEnd | undefined> {
    if (this.run.resume !== undefined) await this.ledger.settle();
    const steps = this.options.stream.collect(this.context());
    try {
      for (;;) {
        const step = await steps.next();
        this.check();
        if (step.done) return step.value;
        if (await this.take(step.value)) return undefined;
        this.progress.step();
      }
    } finally {
      await steps.return({ checkpoint: null, read: "changes", degraded: [] });
    }
  }

  /** @throws LeaseLostError, or the signal's reason */
  check(): void {
    if (this.options.lease.aborted) throw new LeaseLostError("The lease of the stream was lost.");
    this.options.signal.throwIfAborted();
  }

  /** Segments of the last commit, which what is yielded is compared with. */
  get known() {
    return this.documents.commit.value?.index ?? [];
  }

  /** @returns whether the attempt has to stop */
  private async take(step: StreamStep): Promise<boolean> {
    switch (step.kind) {
      case "records":
        await this.ledger.record(step.changes);
        return false;
      case "resync":
        if (this.run.kind === "increment") this.run.kind = "resync";
        await this.ledger.settle();
        return false;
      case "savepoint":
        return this.save(step.resume, step.urgent ?? false);
    }
  }

  private async save(resume: Savepoint["resume"], urgent: boolean): Promise<boolean> {
    const at = this.options.now().getTime();
    const stop = at >= this.stopAt;
    const every = this.options.savepointMilliseconds ?? usualSavepointMilliseconds;
    if (!stop && !urgent && at - this.savedAt < every) return false;
    await this.ledger.settle();
    await Promise.all([this.parts.flush(), this.ledger.flush()]);
    this.check();
    await this.documents.savepoint.write({
      ...this.run,
      resume,
      parts: this.parts.parts,
      index: [...this.ledger.segments],
      figures: this.progress.figures(),
    });
    this.savepoints++;
    this.savedAt = this.options.now().getTime();
    return stop;
  }

  private context(): StreamContext {
    const { connector, graph, activity, now, signal, lease } = this.options;
    const { kind, resume } = this.run;
    return {
      graph,
      checkpoint: kind === "increment" ? this.documents.commit.value?.checkpoint : undefined,
      resume,
      filters: connector.filters,
      signInActivity: connector.signInActivity,
      activity,
      events: connector.events,
      isKnown: (type, key, at) => this.ledger.isKnown(type, key, at),
      now,
      signal: AbortSignal.any([signal, lease]),
    };
  }
}

function stopTime(start: number, deadline: Date): number {
  const time = deadline.getTime() - start;
  return deadline.getTime() - Math.min(mostReserveMilliseconds, time * reserveShare);
}

/** What was asked of all services. */
function sourcesOf({ graph, activity }: AttemptOptions): { readonly figures: GraphFigures } {
  if (activity === undefined) return graph;
  return {
    get figures() {
      const [a, b] = [graph.figures, activity.figures];
      return {
        requests: a.requests + b.requests,
        throttled: a.throttled + b.throttled,
        retries: a.retries + b.retries,
        bytes: a.bytes + b.bytes,
      };
    },
  };
}
