/**
 * Buffers for reply bodies, used again and again: a page is up to megabytes, and memory outside the heap is given back
 * late.
 */

/** Sizes are rounded up to this, so that pages of about the same size share buffers. */
const step = 256 * 1024;
/** Buffers that are kept while nobody uses them, and the largest that is. */
const mostKept = 6;
const largestKept = 4 * 1024 * 1024;

const free: ArrayBufferLike[] = [];

/** A buffer of at least that many bytes; what is in it is of no meaning. */
export function takeBuffer(length: number): Buffer {
  const index = free.findIndex((memory) => memory.byteLength >= length);
  const [kept] = index < 0 ? [] : free.splice(index, 1);
  return kept === undefined
    ? Buffer.allocUnsafeSlow(Math.max(1, Math.ceil(length / step)) * step)
    : Buffer.from(kept);
}

/** A lent buffer, or a part of one, or any other, which is left alone. Nothing may refer to it any more. */
export function giveBack({ buffer: memory }: Buffer): void {
  const lent = memory.byteLength > 0 && memory.byteLength % step === 0 && memory.byteLength <= largestKept;
  if (lent && free.length < mostKept && !free.includes(memory)) free.push(memory);
}
