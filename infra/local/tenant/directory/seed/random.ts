/** A small seeded generator (xoshiro128**, Blackman and Vigna, public domain): equal seeds give equal directories. */
export class Random {
  private readonly state: Uint32Array;

  /** @param seed any text or number; the stream name keeps independent parts of the directory independent */
  constructor(seed: string | number, stream = "") {
    let hash = 0x811c9dc5;
    this.state = new Uint32Array(4);
    for (let word = 0; word < 4; word += 1) {
      for (const sign of `${seed}/${stream}/${word}`) {
        hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
      }
      this.state[word] = hash | 1;
    }
    for (let warmUp = 0; warmUp < 16; warmUp += 1) this.next();
  }

  /** 32 random bits. */
  next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.state;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const x = c ^ a;
    const y = d ^ b;
    this.state[0] = a ^ y;
    this.state[1] = b ^ x;
    this.state[2] = x ^ (b << 9);
    this.state[3] = rotate(y, 11);
    return result;
  }

  /** A whole number from 0 below the bound. */
  below(bound: number): number {
    return Math.floor((this.next() / 2 ** 32) * bound);
  }

  /** True with that probability. */
  chance(probability: number): boolean {
    return this.next() / 2 ** 32 < probability;
  }

  /** One of the values, which must not be empty. */
  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("There is nothing to pick from.");
    return value;
  }

  /** A GUID in the form of version 4. */
  guid(): string {
    const hex = [0, 0, 0, 0].map(() => this.next().toString(16).padStart(8, "0")).join("");
    const variant = "89ab".charAt(this.below(4));
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
