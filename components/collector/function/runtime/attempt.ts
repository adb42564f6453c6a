/** One attempt of a run: consumes the stream's steps from the savepoint, or the beginning, to the end or the deadline. */
import type { GraphReader } from "../graph/client";
import type { ServedConnector } from "../model/settings";
import type { StreamStatus } from "../model/status";
import { LeaseLostError } from "../storage/store";
import type { Stream, StreamEnd, StreamStep } from "../streams/stream";
import type { Savepoint } from "./documents";
import { IndexWriter } from "./key-index/index-writer";
import { KeyTable } from "./key-index/key-table";
import { loadKnownKeys } from "./key-index/known-keys";
import { PartWriter } from "./part-writer";
import { runFolder } from "./paths";
import { Progress } from "./progress";
import { type RecordKinds, recordKinds } from "./record-kinds";
import { Recorder } from "./recorder";
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
  readonly signal: AbortSignal;
  /** The store's lease: lost means that another instance works. */
  readonly lease: AbortSignal;
  readonly deadline: Date | undefined;
  readonly onProgress: ((status: StreamStatus) => void) | undefined;
  readonly now: () => Date;
  readonly savepointMilliseconds?: number | undefined;
}

export class Attempt {
  readonly kinds: RecordKinds;
  readonly folder: string;
  readonly parts: PartWriter;
  readonly index: IndexWriter;
  readonly recorder: Recorder;
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
    const { store, paths } = documents;
    this.kinds = recordKinds(stream.records);
    this.folder = runFolder(connector.slug, stream.name, startedAt, runId);
    this.parts = new PartWriter(store.data, this.folder, attempt, run.parts);
    const types = stream.records.map(({ type }) => type);
    this.index = new IndexWriter(store.state, `${paths.index}${runId}/`, attempt, types, run.index);
    const fresh = documents.commit.value === undefined && run.resume === undefined;
    this.recorder = new Recorder(
      this.kinds,
      this.parts,
      this.index,
      () => this.loadTable(),
      fresh ? new KeyTable() : undefined,
      run.kind === "full",
    );
    this.progress = new Progress(documents, run, options.graph, this.recorder, now, options.onProgress);
    this.savedAt = now().getTime();
    this.stopAt = deadline === undefined ? Number.POSITIVE_INFINITY : stopTime(this.savedAt, deadline);
  }

  /**
   * @returns the stream's end, or undefined when the deadline was near and all so far is saved
   * @throws GraphError, what the store throws, LeaseLostError, or the signal's reason
   */
  async consume(): Promise<StreamEnd | undefined> {
    if (this.run.resume !== undefined) await this.recorder.compareHeld();
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
        await this.recorder.record(step.changes);
        return false;
      case "resync":
        if (this.run.kind === "increment") this.run.kind = "resync";
        await this.recorder.compareHeld();
        return false;
      case "savepoint":
        return this.save(step.resume);
    }
  }

  private async save(resume: Savepoint["resume"]): Promise<boolean> {
    const at = this.options.now().getTime();
    const stop = at >= this.stopAt;
    const every = this.options.savepointMilliseconds ?? usualSavepointMilliseconds;
    if (!stop && at - this.savedAt < every) return false;
    await this.recorder.compareHeld();
    await Promise.all([this.parts.flush(), this.index.flush()]);
    this.check();
    await this.documents.savepoint.write({
      ...this.run,
      resume,
      parts: this.parts.parts,
      index: this.index.segments,
      figures: this.progress.figures(),
    });
    this.savepoints++;
    this.savedAt = this.options.now().getTime();
    return stop;
  }

  private loadTable(): Promise<KeyTable> {
    return loadKnownKeys(this.documents.store.state, this.kinds, this.known, this.run.index);
  }

  private context() {
    const { connector, graph, now, signal, lease } = this.options;
    const { kind, resume } = this.run;
    return {
      graph,
      checkpoint: kind === "increment" ? this.documents.commit.value?.checkpoint : undefined,
      resume,
      filters: connector.filters,
      signInActivity: connector.signInActivity,
      now,
      signal: AbortSignal.any([signal, lease]),
    };
  }
}

function stopTime(start: number, deadline: Date): number {
  const time = deadline.getTime() - start;
  return deadline.getTime() - Math.min(mostReserveMilliseconds, time * reserveShare);
}
