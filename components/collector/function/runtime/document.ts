/** One JSON blob that has one writer: each write demands the version that was read or written last. */
import type { z } from "zod";
import { type BlobStore, ConditionFailedError, type ETag } from "../storage/store";

/** A document of the store that is not what the collector writes. */
export class MalformedDocumentError extends Error {
  override readonly name = "MalformedDocumentError";

  constructor(path: string, cause: unknown) {
    super(`The collector's "${path}" is damaged. Purge the stream and collect it anew.`, { cause });
  }
}

export class GuardedDocument<Value> {
  private etag: ETag | undefined;
  value: Value | undefined;

  constructor(
    private readonly store: BlobStore,
    private readonly path: string,
    private readonly schema: z.ZodType<Value>,
  ) {}

  async read(): Promise<Value | undefined> {
    const blob = await this.store.read(this.path);
    this.etag = blob?.etag;
    this.value = undefined;
    this.value = blob && parsed(this.path, this.schema, blob.bytes);
    return this.value;
  }

  /**
   * @throws ConditionFailedError when somebody else wrote it. A write whose answer was lost and that was sent again is
   * none: what is there is then what was to be written, to the byte.
   */
  async write(value: Value): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(value));
    try {
      const condition = this.etag === undefined ? { ifAbsent: true as const } : { ifMatch: this.etag };
      this.etag = await this.store.write(this.path, bytes, condition);
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      const there = await this.store.read(this.path);
      if (there === undefined || !there.bytes.equals(bytes)) throw error;
      this.etag = there.etag;
    }
    this.value = value;
  }
}

/** @throws MalformedDocumentError */
export function parsed<Value>(path: string, schema: z.ZodType<Value>, bytes: Buffer): Value {
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (error) {
    throw new MalformedDocumentError(path, error);
  }
}
