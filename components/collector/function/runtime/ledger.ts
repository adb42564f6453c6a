/** What becomes of what a stream yields: written or not, and remembered so that the next run can tell. */
import type { RecordChange } from "../model/record";
import type { StreamEnd } from "../streams/stream";
import type { Segment } from "./documents";

/** One attempt's ledger: of objects that change and go, or of events that happen once. */
export interface Ledger {
  /** Lines written by this attempt, tombstones among them. */
  readonly records: number;
  readonly tombstones: number;
  record(changes: readonly RecordChange[]): Promise<void>;
  /** Passes everything on that was recorded, so that a savepoint can hold it. */
  settle(): Promise<void>;
  isKnown(type: string, key: string, at: string): Promise<boolean>;
  /** The run is over: writes what follows from that. */
  finish(end: StreamEnd): Promise<void>;
  /** Stores the index. */
  flush(): Promise<void>;
  /** Segments of this run that are in the store. */
  readonly segments: readonly Segment[];
  /** After `finish` and `flush`: the index that the commit names, and whether it was written anew. */
  index(
    indexBase: number,
    end: StreamEnd,
  ): Promise<{ readonly segments: Segment[]; readonly whole: boolean }>;
}
