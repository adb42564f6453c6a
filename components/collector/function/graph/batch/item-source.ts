/** The GETs that a batch run is given, a few ahead of need. */
import type { BatchGet } from "../client";

export class ItemSource {
  private readonly buffer: BatchGet[] = [];
  private readonly sync: Iterator<BatchGet> | undefined;
  private readonly async: AsyncIterator<BatchGet> | undefined;
  private pending: Promise<void> | undefined;
  private ended = false;

  constructor(requests: Iterable<BatchGet> | AsyncIterable<BatchGet>) {
    if (Symbol.iterator in requests) this.sync = requests[Symbol.iterator]();
    else this.async = requests[Symbol.asyncIterator]();
  }

  /** Items at hand, at most `wanted`, without waiting. */
  available(wanted: number): number {
    while (this.sync !== undefined && !this.ended && this.buffer.length < wanted)
      this.accept(this.sync.next());
    return this.buffer.length;
  }

  take(count: number): BatchGet[] {
    return this.buffer.splice(0, count);
  }

  /** Settles when there is one more item, or the end. */
  pull(): Promise<void> {
    this.pending ??= this.nextItem().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  /** No more items will come; some may still be at hand. */
  get isEnded(): boolean {
    return this.ended;
  }

  async close(): Promise<void> {
    this.pending?.catch(() => {});
    if (this.ended) return;
    this.sync?.return?.();
    await this.async?.return?.();
  }

  private async nextItem(): Promise<void> {
    if (this.async !== undefined && !this.ended) this.accept(await this.async.next());
  }

  private accept(result: IteratorResult<BatchGet>): void {
    if (result.done === true) this.ended = true;
    else this.buffer.push(result.value);
  }
}
