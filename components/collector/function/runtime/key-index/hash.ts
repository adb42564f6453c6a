/** Two 32-bit lanes over the units of a text: 64 bits that tell keys and contents apart. Not for secrets. */

/** Where `hash64` leaves its result: two unsigned 32-bit numbers. Reused, so that hashing allocates nothing. */
export class Hash {
  high = 0;
  /** Never 0: that marks a free slot of the table. */
  low = 1;
}

/**
 * Each unit is mixed into two lanes by different odd multipliers and rotations, then both are folded into each other
 * by the finalizer of MurmurHash3. Two of 10,000,000 texts share all 64 bits with a chance of 1 in 370,000.
 */
export function hash64(text: string, seed: Hash, result: Hash): void {
  let a = seed.high | 0;
  let b = seed.low | 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b = (b << 17) | (b >>> 15);
  }
  fold(a, b, text.length, result);
}

/** The same over bytes: for ASCII both give the same. */
export function hashBytes(bytes: Uint8Array, length: number, seed: Hash, result: Hash): void {
  let a = seed.high | 0;
  let b = seed.low | 0;
  for (let at = 0; at < length; at++) {
    const unit = bytes[at] ?? 0;
    a = Math.imul(a ^ unit, 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b = (b << 17) | (b >>> 15);
  }
  fold(a, b, length, result);
}

function fold(a: number, b: number, length: number, result: Hash): void {
  const high = finalized(a ^ length);
  const low = finalized(b ^ high);
  result.high = finalized(high ^ low) >>> 0;
  result.low = low >>> 0 || 1;
}

/** A seed that separates one kind of text from all others. */
export function seedOf(name: string): Hash {
  const seed = new Hash();
  const start = new Hash();
  start.high = 0x27d4eb2f;
  start.low = 0x165667b1;
  hash64(name, start, seed);
  return seed;
}

function finalized(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
