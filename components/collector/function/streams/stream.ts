/** What a stream is: a source, its record types, its keys, its checkpoint, and the capabilities it needs. */
import type { GraphReader } from "../graph/client";
import type { ActivityReader } from "../management-activity/client";
import type { Json } from "../model/json";
import type { RecordChange, RecordType } from "../model/record";
import type { ConnectorFilters, EventSettings } from "../model/settings";
import type { StreamName } from "../model/stream-names";

/** What a stream works with in one run. */
export interface StreamContext {
  readonly graph: GraphReader;
  /** The checkpoint of the last commit; undefined at the first run and for a resync. */
  readonly checkpoint: Json | undefined;
  /** What the last savepoint of this run said; undefined when the run begins. */
  readonly resume: Json | undefined;
  readonly filters: ConnectorFilters;
  readonly signInActivity: boolean;
  /** The feed of Office 365 events; undefined where the connector's cloud has none. */
  readonly activity: ActivityReader | undefined;
  readonly events: EventSettings;
  /** Whether an event was recorded already, by an earlier run or in this one. `at` as in its data. */
  isKnown(type: string, key: string, at: string): Promise<boolean>;
  /** Users in the tenant where known: decides between ways of reading. */
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** What a stream yields. Nothing is held back: memory is a page, never the tenant. */
export type StreamStep =
  | { readonly kind: "records"; readonly changes: readonly RecordChange[] }
  /**
   * All that was yielded before, together with `resume`, is enough to go on after a restart. Records that were yielded
   * after the last savepoint may be yielded again; the runtime drops those of a run that did not reach it. Most are passed
   * over, since they cost writes; an urgent one is in the store before the stream goes on.
   */
  | { readonly kind: "savepoint"; readonly resume: Json; readonly urgent?: boolean }
  /**
   * The checkpoint is of no use any more (expired delta link, changed filters): everything is read again from here.
   * Only as the first step. The runtime compares with what it knows and writes differences and tombstones alone.
   */
  | { readonly kind: "resync"; readonly reason: string };

/** How a run ended well. */
export interface StreamEnd {
  /** Where the next run begins: a delta link, a hash of filters; null where each run reads everything. */
  readonly checkpoint: Json;
  /**
   * `everything`: what was not yielded does not exist any more. `changes`: only changes since the checkpoint were read.
   */
  readonly read: "everything" | "changes";
  /**
   * Types that were read wholly although the rest was read by changes: what was not yielded of them does not exist any
   * more. For relations that Graph tracks no changes of. Where it is there, even empty, every change is compared with what
   * is known before it is written, which takes the time of loading that.
   */
  readonly wholly?: readonly string[];
  /** What the tenant does not offer, or shows only with a permission beyond the profile's, each a sentence: the status is then degraded. */
  readonly degraded: readonly {
    readonly code: "license-missing" | "not-offered" | "permission-missing" | "gap";
    readonly message: string;
  }[];
  /** Of events: no later run reads what happened before this moment, so it need not be remembered. ISO date-time. */
  readonly readAgainFrom?: string;
}

/** One stream of the collector. */
export interface Stream {
  readonly name: StreamName;
  readonly records: readonly RecordType[];
  /** @throws GraphError when it cannot be complete: the run is then not committed and resumes at its savepoint. */
  collect(context: StreamContext): AsyncGenerator<StreamStep, StreamEnd, undefined>;
}
