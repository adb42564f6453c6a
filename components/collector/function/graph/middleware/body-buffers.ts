/**
 * Buffers for reply bodies, used again and again: a page is up to megabytes, and memory outside the heap is given back
 * late.
 */

/** Sizes are rounded up to this, so that pages of about the same size share buffers. */
const step = 256 * 1024;
/** Buffers that are kept while nobody uses them, and the largest that is. */
const mostKept = 6;
const largestKept = 4 * 1024 * 1024;

const free: Buffer[] = [];

/** A buffer of at least that many bytes; what is in it is of no meaning. */
export function takeBuffer(length: number): Buffer {
  const index = free.findIndex((buffer) => buffer.length >= length);
  const [kept] = index < 0 ? [] : free.splice(index, 1);
  return kept ?? Buffer.allocUnsafeSlow(Math.max(1, Math.ceil(length / step)) * step);
}

/** Nothing may refer to the buffer any more. */
export function giveBack(buffer: Buffer): void {
  if (buffer.length <= largestKept && free.length < mostKept) free.push(buffer);
}
