/** Stages the key index of a run in the state container, in segments of bounded size. */
import type { BlobStore } from "../../storage/store";
import type { Segment } from "../documents";
import { numbered } from "../paths";
import type { Hash } from "./hash";
import { SegmentWriter } from "./segment-writer";

/** A little less than the 1 MiB to which the section's memory then grows. */
const segmentBytes = 31 * 32 * 1024;

export class IndexWriter {
  private readonly section: SegmentWriter;
  private readonly own: Segment[] = [];
  private upload: Promise<void> = Promise.resolve();
  private failure: unknown;
  private number = 0;

  constructor(
    private readonly store: BlobStore,
    private readonly folder: string,
    private readonly attempt: number,
    types: readonly string[],
    /** Segments of earlier attempts that a savepoint holds on to. */
    private readonly before: readonly Segment[],
  ) {
    this.section = new SegmentWriter(types);
  }

  /** Every segment that is in the store, in order. */
  get segments(): Segment[] {
    return [...this.before, ...this.own];
  }

  add(type: number, key: string, hash: Hash, content: number, contentRest: number, gone: boolean): void {
    this.section.add(type, key, hash, content, contentRest, gone);
    if (this.section.size >= segmentBytes) this.close();
  }

  /** Waits for the upload before the last. @throws what the store threw */
  async drained(): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    if (this.waiting > 1) await this.upload;
  }

  async flush(): Promise<void> {
    if (this.section.count > 0) this.close();
    await this.upload;
    if (this.failure !== undefined) throw this.failure;
  }

  private waiting = 0;

  /** Uploads follow each other, so that segments keep their order. */
  private close(): void {
    const { count: entries, gone } = this.section;
    const bytes = this.section.take();
    const path = `${this.folder}${numbered("segment", this.attempt, ++this.number)}.keys`;
    this.waiting++;
    this.upload = this.upload
      .then(async () => {
        await this.store.write(path, bytes);
        this.own.push({ path, entries, gone, bytes: bytes.length });
      })
      .catch((error: unknown) => {
        this.failure ??= error;
      })
      .finally(() => {
        this.waiting--;
      });
  }
}
