/** Collects entries of the key index into one section of bounded size. */
import { guidLength, packGuid } from "./guid";
import type { Hash } from "./hash";
import { entryHead, goneMark, keyForm, magic } from "./segment-format";

const initialBytes = 64 * 1024;

export class SegmentWriter {
  private bytes = Buffer.allocUnsafe(initialBytes);
  private length = 0;
  private entries = 0;
  private parent = "";
  /** Tombstones in the section. */
  gone = 0;

  constructor(private readonly types: readonly string[]) {}

  /** Bytes of the section so far. */
  get size(): number {
    return this.length;
  }

  get count(): number {
    return this.entries;
  }

  /** Adds an entry; the content of a key that is gone is 0. */
  add(type: number, key: string, hash: Hash, content: number, contentRest: number, gone: boolean): void {
    this.reserve(entryHead + 4 + 6 * key.length + 2);
    const start = this.length;
    const form = this.writeKey(key, start + entryHead);
    const { bytes } = this;
    bytes[start] = form | (gone ? goneMark : 0);
    bytes[start + 1] = type;
    bytes.writeUInt32LE(hash.high, start + 2);
    bytes.writeUInt32LE(hash.low, start + 6);
    bytes.writeUInt32LE(content, start + 10);
    bytes.writeUInt16LE(contentRest, start + 14);
    this.entries++;
    if (gone) this.gone++;
  }

  /** A copy of the section so far; the writer is empty then and keeps its memory. */
  take(): Buffer {
    const head = Buffer.from(
      JSON.stringify({ types: this.types, entries: this.entries, bytes: this.length }),
    );
    const start = Buffer.allocUnsafe(8);
    start.writeUInt32LE(magic, 0);
    start.writeUInt32LE(head.length, 4);
    const section = Buffer.concat([start, head, this.bytes.subarray(0, this.length)]);
    this.length = 0;
    this.entries = 0;
    this.gone = 0;
    this.parent = "";
    return section;
  }

  private writeKey(key: string, at: number): number {
    const { bytes } = this;
    if (key.length === guidLength && packGuid(key, 0, bytes, at)) return this.wrote(keyForm.guid, at + 16);
    if (key.length === 2 * guidLength + 1 && key[guidLength] === "/") {
      if (this.parent !== "" && key.startsWith(this.parent) && packGuid(key, guidLength + 1, bytes, at)) {
        return this.wrote(keyForm.secondGuid, at + 16);
      }
      if (packGuid(key, 0, bytes, at) && packGuid(key, guidLength + 1, bytes, at + 16)) {
        this.parent = key.slice(0, guidLength + 1);
        return this.wrote(keyForm.twoGuids, at + 32);
      }
    }
    const length = bytes.write(JSON.stringify(key), at + 4);
    bytes.writeUInt32LE(length, at);
    return this.wrote(keyForm.text, at + 4 + length);
  }

  private wrote(form: number, end: number): number {
    this.length = end;
    return form;
  }

  /** Room for the longest form: JSON writes a unit as six bytes at most. */
  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
