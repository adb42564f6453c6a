/** Reads a blob of the key index entry by entry, holding no more than a chunk of it. */
import type { Readable } from "node:stream";
import { unpackGuid } from "./guid";
import { entryHead, goneMark, keyForm, magic, type SegmentEntry, sectionHeadSchema } from "./segment-format";

/** A segment that is not what was written: somebody else changed it. */
export class MalformedIndexError extends Error {
  override readonly name = "MalformedIndexError";

  constructor(path: string) {
    super(`The key index "${path}" is damaged. Purge the stream and collect it anew.`);
  }
}

/**
 * Calls back for every entry, in order. The entry is one object that is used again for the next.
 * @throws MalformedIndexError
 */
export async function readSegment(
  path: string,
  blob: Readable,
  visit: (entry: SegmentEntry) => void,
): Promise<void> {
  const decoder = new Decoder(path, visit);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of blob) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    rest = bytes.subarray(decoder.decode(bytes));
  }
  if (rest.length > 0 || !decoder.atEnd) throw new MalformedIndexError(path);
}

class Decoder implements SegmentEntry {
  type = "";
  high = 0;
  low = 0;
  content = 0;
  contentRest = 0;
  gone = false;
  private form: number = keyForm.text;
  private bytes: Buffer = Buffer.alloc(0);
  private keyAt = 0;
  private keyLength = 0;
  private parent = "";
  private types: readonly string[] = [];
  private left = 0;

  constructor(
    private readonly path: string,
    private readonly visit: (entry: SegmentEntry) => void,
  ) {}

  get atEnd(): boolean {
    return this.left === 0;
  }

  /** Decodes what is whole. @returns how many bytes that was */
  decode(bytes: Buffer): number {
    this.bytes = bytes;
    let at = 0;
    for (;;) {
      const end = this.left === 0 ? this.readHead(at) : this.readEntry(at);
      if (end === undefined) return at;
      at = end;
    }
  }

  key(): string {
    const { bytes, keyAt, form } = this;
    if (form === keyForm.guid) return unpackGuid(bytes, keyAt);
    if (form === keyForm.secondGuid) return this.parent + unpackGuid(bytes, keyAt);
    if (form === keyForm.twoGuids) return this.parent + unpackGuid(bytes, keyAt + 16);
    return String(JSON.parse(bytes.toString("utf8", keyAt + 4, keyAt + this.keyLength)));
  }

  private readHead(at: number): number | undefined {
    const { bytes } = this;
    if (at + 8 > bytes.length) return undefined;
    const length = bytes.readUInt32LE(at + 4);
    if (bytes.readUInt32LE(at) !== magic) throw new MalformedIndexError(this.path);
    if (at + 8 + length > bytes.length) return undefined;
    const head = sectionHeadSchema.parse(JSON.parse(bytes.toString("utf8", at + 8, at + 8 + length)));
    this.types = head.types;
    this.left = head.entries;
    this.parent = "";
    return at + 8 + length;
  }

  private readEntry(at: number): number | undefined {
    const { bytes } = this;
    const keyAt = at + entryHead;
    if (keyAt + 4 > bytes.length) return undefined;
    const first = bytes[at] ?? 0;
    const form = first & 3;
    const keyLength =
      form === keyForm.text ? 4 + bytes.readUInt32LE(keyAt) : form === keyForm.twoGuids ? 32 : 16;
    if (keyAt + keyLength > bytes.length) return undefined;
    if (form === keyForm.twoGuids) this.parent = `${unpackGuid(bytes, keyAt)}/`;
    this.form = form;
    this.keyAt = keyAt;
    this.keyLength = keyLength;
    this.gone = (first & goneMark) !== 0;
    this.type = this.types[bytes[at + 1] ?? 0] ?? "";
    this.high = bytes.readUInt32LE(at + 2);
    this.low = bytes.readUInt32LE(at + 6);
    this.content = bytes.readUInt32LE(at + 10);
    this.contentRest = bytes.readUInt16LE(at + 14);
    this.left--;
    this.visit(this);
    return keyAt + keyLength;
  }
}
