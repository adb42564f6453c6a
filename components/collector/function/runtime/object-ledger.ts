/** Writes each difference once: of objects and relations that are created, change and go. */
import type { RecordChange } from "../model/record";
import type { BlobStore } from "../storage/store";
import type { StreamEnd } from "../streams/stream";
import type { Segment } from "./documents";
import { extendIndex } from "./key-index/extend-index";
import type { IndexWriter } from "./key-index/index-writer";
import type { KeyTable } from "./key-index/key-table";
import { loadKnownKeys, nameUnseen } from "./key-index/known-keys";
import type { Ledger } from "./ledger";
import type { PartWriter } from "./part-writer";
import type { RecordKinds } from "./record-kinds";
import { Recorder } from "./recorder";

/** What the ledger of objects works with. */
export interface ObjectPlaces {
  readonly state: BlobStore;
  /** Where the run's segments go, ending in a slash. */
  readonly folder: string;
  readonly attempt: number;
  readonly types: readonly string[];
  readonly kinds: RecordKinds;
  /** Segments of the last commit, which what is yielded is compared with. */
  readonly known: readonly Segment[];
  /** Segments of this run before its savepoint. */
  readonly before: readonly Segment[];
}

export class ObjectLedger implements Ledger {
  private readonly recorder: Recorder;
  private everything = false;

  constructor(
    private readonly places: ObjectPlaces,
    private readonly parts: PartWriter,
    private readonly writer: IndexWriter,
    table: KeyTable | undefined,
    rewrite: boolean,
  ) {
    const { state, kinds, known, before } = places;
    this.recorder = new Recorder(
      kinds,
      parts,
      writer,
      () => loadKnownKeys(state, kinds, known, before),
      table,
      rewrite,
    );
  }

  get records(): number {
    return this.recorder.records;
  }

  get tombstones(): number {
    return this.recorder.tombstones;
  }

  get segments(): readonly Segment[] {
    return this.writer.segments;
  }

  record(changes: readonly RecordChange[]): Promise<void> {
    return this.recorder.record(changes);
  }

  async settle(): Promise<void> {
    await this.recorder.compareHeld();
  }

  /** Objects are compared, not remembered by when they happened. */
  async isKnown(): Promise<boolean> {
    return false;
  }

  /** Names what was not yielded. */
  async finish({ read, wholly = [] }: StreamEnd): Promise<void> {
    const { recorder, parts, writer } = this;
    const { state, kinds, known } = this.places;
    if (read === "changes" && wholly.length === 0) {
      if (recorder.table === undefined) recorder.writeHeld();
      return;
    }
    const table = await recorder.compareHeld();
    await nameUnseen(
      state,
      kinds,
      known,
      table,
      {
        kept: ({ type }) => read === "changes" && !wholly.includes(type),
        carry: (kind, key, hash, content, rest) => writer.add(kind.index, key, hash, content, rest, false),
        bury: (kind, key, hash) => recorder.bury(kind, key, hash),
      },
      async () => {
        await parts.drained();
        await writer.drained();
      },
    );
    this.everything = true;
  }

  flush(): Promise<void> {
    return this.writer.flush();
  }

  async index(indexBase: number): Promise<{ readonly segments: Segment[]; readonly whole: boolean }> {
    if (this.everything) return { segments: this.writer.segments, whole: true };
    const segments = [...this.places.known, ...this.writer.segments];
    // The run is over: what it compared with need not be in memory twice.
    return extendIndex(this.places, segments, indexBase, () => {
      this.recorder.table = undefined;
    });
  }
}
