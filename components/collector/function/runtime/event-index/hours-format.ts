/**
 * A segment of the event index: sections, each of one hour: a mark, the hour since 1970, the number of hashes, and the
 * hashes in 8 bytes each; all numbers of 32 bits, little-endian. Joining segments is copying.
 */
import type { Segment } from "../documents";
import { MalformedIndexError } from "../key-index/segment-reader";

const mark = 0x31564845;
const headBytes = 12;
const hashBytes = 8;

/** Hashes of one hour: high and low half in turn. */
export interface HourSection {
  readonly hour: number;
  readonly hashes: readonly number[];
}

export function encodeHours(sections: readonly HourSection[]): Buffer {
  const length = sections.reduce((sum, { hashes }) => sum + headBytes + hashes.length * 4, 0);
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const { hour, hashes } of sections) {
    at = bytes.writeUInt32LE(mark, at);
    at = bytes.writeUInt32LE(hour, at);
    at = bytes.writeUInt32LE(hashes.length / 2, at);
    for (const half of hashes) at = bytes.writeUInt32LE(half, at);
  }
  return bytes;
}

/**
 * Calls back for the hashes of wanted hours.
 * @throws MalformedIndexError
 */
export function decodeHours(
  path: string,
  bytes: Buffer,
  wanted: (hour: number) => ((high: number, low: number) => void) | undefined,
): void {
  for (const { hour, start, end } of sections(path, bytes)) {
    const take = wanted(hour);
    if (take === undefined) continue;
    for (let place = start + headBytes; place < end; place += hashBytes) {
      take(bytes.readUInt32LE(place), bytes.readUInt32LE(place + 4));
    }
  }
}

/** A segment of the sections from an hour on. @throws MalformedIndexError */
export function segmentFrom(
  path: string,
  bytes: Buffer,
  from: number,
): { readonly segment: Segment; readonly bytes: Buffer } {
  const kept = [...sections(path, bytes)].filter(({ hour }) => hour >= from);
  const hours = kept.map(({ hour }) => hour);
  const length = kept.reduce((sum, { start, end }) => sum + end - start, 0);
  const segment = {
    path,
    entries: (length - kept.length * headBytes) / hashBytes,
    gone: 0,
    bytes: length,
    hours: { first: Math.min(...hours), last: Math.max(...hours) },
  };
  return { segment, bytes: Buffer.concat(kept.map(({ start, end }) => bytes.subarray(start, end))) };
}

function* sections(path: string, bytes: Buffer) {
  for (let start = 0; start < bytes.length; ) {
    if (start + headBytes > bytes.length || bytes.readUInt32LE(start) !== mark) {
      throw new MalformedIndexError(path);
    }
    const end = start + headBytes + bytes.readUInt32LE(start + 8) * hashBytes;
    if (end > bytes.length) throw new MalformedIndexError(path);
    yield { hour: bytes.readUInt32LE(start + 4), start, end };
    start = end;
  }
}
