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

/**
 * As many bits over bytes, four at a time as MurmurHash3 takes them: contents are long. Not the same as `hash64` of the
 * same text.
 */
export function hashBytes(bytes: Uint8Array, length: number, seed: Hash, result: Hash): void {
  let a = seed.high | 0;
  let b = seed.low | 0;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) {
    const word =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    a ^= Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    a = (Math.imul(rotated(a, 13), 5) + 0xe6546b64) | 0;
    b ^= Math.imul(rotated(Math.imul(word, 0x239b961b), 16), 0xab0e9789);
    b = (Math.imul(rotated(b, 17), 5) + 0x561ccd1b) | 0;
  }
  for (let at = whole; at < length; at++) {
    a = rotated(Math.imul(a ^ (bytes[at] ?? 0), 0x9e3779b1), 13);
    b = rotated(Math.imul(b ^ (bytes[at] ?? 0), 0x85ebca6b), 17);
  }
  fold(a, b, length, result);
}

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

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
