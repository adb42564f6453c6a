/** Where runs are kept. Azure Blob Storage in the function app, a folder for `collect` on an operator's machine. */
import type { Readable } from "node:stream";

/** The version of a blob; a write may demand it. */
export type ETag = string;

/** What a write demands of the blob that is there. */
export type Condition = { readonly ifMatch: ETag } | { readonly ifAbsent: true };

/** The blob is not what the condition demands: somebody else wrote it. */
export class ConditionFailedError extends Error {
  override readonly name = "ConditionFailedError";
}

/** Another instance holds the lease, or it was lost. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
}

/** A lease that is renewed until it is released. */
export interface Lease {
  /** Aborts when the lease is lost. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

/** Blobs of one container, by path. */
export interface BlobStore {
  read(path: string): Promise<{ readonly bytes: Buffer; readonly etag: ETag } | undefined>;
  /** For blobs that are larger than memory should hold. */
  readStream(path: string): Promise<Readable | undefined>;
  /** The bytes may be overwritten once it is done. @throws ConditionFailedError */
  write(path: string, bytes: Buffer, condition?: Condition): Promise<ETag>;
  delete(path: string): Promise<void>;
  /** Paths below a prefix. */
  list(prefix: string): AsyncGenerator<string, void, undefined>;
  /** @returns undefined when another holds it */
  lease(path: string): Promise<Lease | undefined>;
  /** Whether somebody holds the lease; looks only. */
  isLeased(path: string): Promise<boolean>;
}

/** What a run reads and writes. */
export interface CollectorStore {
  /** Committed and staged parts, under the retention rule. */
  readonly data: BlobStore;
  /** Checkpoints, savepoints, key indexes, status; kept as long as the collector. */
  readonly state: BlobStore;
}
