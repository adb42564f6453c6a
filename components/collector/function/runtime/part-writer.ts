/** Writes lines as gzip NDJSON parts of bounded size; no more than a part and what the compressor holds is in memory. */
import { once } from "node:events";
import { createGzip, type Gzip } from "node:zlib";
import { ByteText } from "../json/byte-text";
import type { BlobStore } from "../storage/store";
import type { Part } from "./documents";
import { numbered } from "./paths";
import { type RecordKind, writeLine } from "./record-kinds";

/** Lines go to the compressor in pieces of about this many bytes. */
const pieceBytes = 128 * 1024;
/** Room for what the last line of a piece is longer than that. */
const pieceRoom = pieceBytes + 16 * 1024;
/** Pieces that wait for the compressor before the writer waits for it. */
const mostWaiting = 2;
/** A part is closed when it has grown to this, compressed. */
const partBytes = 1024 * 1024;
/** Room for what the compressor still holds then. */
const partRoom = partBytes + 192 * 1024;
/** Parts that are being uploaded while the next is filled. */
const mostUploads = 2;
/**
 * Measured on 7.5 MB of users and memberships: level 1 packs 380 MB/s to 11.5 %, level 6 175 MB/s to 11.0 %.
 */
const level = 1;

export class PartWriter {
  private readonly piece = new ByteText(Buffer.alloc(0));
  private open: OpenPart | undefined;
  private number = 0;
  private readonly written: { number: number; part: Part }[] = [];
  private readonly uploads = new Set<Promise<void>>();
  private failure: unknown;

  constructor(
    private readonly store: BlobStore,
    private readonly folder: string,
    private readonly attempt: number,
    /** Parts of earlier attempts that a savepoint holds on to. */
    private readonly before: readonly Part[],
  ) {}

  /** Every part that is in the store, in the order of their lines. */
  get parts(): Part[] {
    const own = this.written.toSorted((a, b) => a.number - b.number);
    return [...this.before, ...own.map(({ part }) => part)];
  }

  /**
   * Adds the line of a record. Call `drained` after a page of them.
   * @param content JSON of its data; undefined: a tombstone
   */
  add(kind: RecordKind, key: string, content: ByteText | undefined): void {
    this.open ??= new OpenPart();
    if (this.piece.bytes.length === 0) this.piece.bytes = pieces.take();
    writeLine(this.piece, kind, key, content);
    this.open.records++;
    if (this.piece.length < pieceBytes) return;
    this.pass(this.open);
    if (this.open.bytes >= partBytes) this.close();
  }

  /** Waits until there is room for more. @throws what the store threw */
  async drained(): Promise<void> {
    await this.open?.room();
    while (this.uploads.size >= mostUploads) await Promise.race(this.uploads);
    this.check();
  }

  /** Closes the part that is open and waits until all are in the store. @throws what the store threw */
  async flush(): Promise<void> {
    this.close();
    await Promise.all(this.uploads);
    this.check();
  }

  /** Gives up what is not in the store, and the compressor's memory. */
  discard(): void {
    this.open?.discard();
    this.open = undefined;
    this.piece.clear();
  }

  private pass(part: OpenPart): void {
    part.write(this.piece.view());
    this.piece.bytes = Buffer.alloc(0);
    this.piece.clear();
  }

  private close(): void {
    const part = this.open;
    if (part === undefined) return;
    if (this.piece.length > 0) this.pass(part);
    this.open = undefined;
    const upload = this.upload(part, ++this.number).then(
      () => void this.uploads.delete(upload),
      (error: unknown) => {
        this.uploads.delete(upload);
        this.failure ??= error;
      },
    );
    this.uploads.add(upload);
  }

  private async upload(part: OpenPart, number: number): Promise<void> {
    const path = `${this.folder}${numbered("part", this.attempt, number)}.ndjson.gz`;
    const bytes = await part.end();
    await this.store.write(path, bytes);
    this.written.push({ number, part: { path, records: part.records, bytes: bytes.length } });
    part.release();
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}

/** Memory that is used again and again: a piece or a part after the other would else be garbage. */
class Memory {
  private readonly spare: Buffer[] = [];

  constructor(
    private readonly size: number,
    /** Kept while nobody uses it. */
    private readonly most: number,
  ) {}

  take(): Buffer {
    return this.spare.pop() ?? Buffer.allocUnsafeSlow(this.size);
  }

  /** Memory of another size has grown with what was in it, and is left alone. */
  giveBack({ buffer }: Buffer): void {
    if (buffer.byteLength === this.size && this.spare.length < this.most)
      this.spare.push(Buffer.from(buffer));
  }
}

const pieces = new Memory(pieceRoom, 8);
const compressed = new Memory(partRoom, 4);

/** A part that is being compressed. */
class OpenPart {
  records = 0;
  private readonly gzip: Gzip = createGzip({ level, chunkSize: 16 * 1024 });
  private readonly content = new ByteText(compressed.take());
  private readonly ended: Promise<unknown>;
  private waiting = 0;

  constructor() {
    this.ended = once(this.gzip, "end");
    this.gzip.on("data", (chunk: Buffer) => this.content.copy(chunk, 0, chunk.length));
  }

  /** Compressed so far. */
  get bytes(): number {
    return this.content.length;
  }

  write(piece: Buffer): void {
    this.waiting++;
    this.gzip.write(piece, () => {
      this.waiting--;
      pieces.giveBack(piece);
    });
  }

  /** Waits until the compressor has room for more. */
  async room(): Promise<void> {
    if (this.waiting > mostWaiting) await once(this.gzip, "drain");
  }

  /** What was written, compressed; its memory is used again after `release`. */
  async end(): Promise<Buffer> {
    this.gzip.end();
    await this.ended;
    return this.content.view();
  }

  release(): void {
    compressed.giveBack(this.content.bytes);
  }

  discard(): void {
    this.gzip.destroy();
  }
}
