/**
 * Walks through JSON by its bytes, so that what is only passed on is never made into objects. Stricter than JSON: what it
 * takes is valid, what it refuses may be valid too and is left to `JSON.parse`.
 */

/** Thrown for everything that the fast way does not take. One for all: nobody looks at where it came from. */
export class UnexpectedJson extends Error {
  override readonly name = "UnexpectedJson";
}
const unexpected = new UnexpectedJson("The text is not what the fast way expects.");

/** @throws UnexpectedJson */
export function refuse(): never {
  throw unexpected;
}

/** Bytes with a meaning in JSON. */
export const sign = {
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  listStart: 0x5b,
  backslash: 0x5c,
  listEnd: 0x5d,
  n: 0x6e,
  t: 0x74,
  f: 0x66,
  objectStart: 0x7b,
  objectEnd: 0x7d,
} as const;

const literals = {
  [sign.n]: Buffer.from("null"),
  [sign.t]: Buffer.from("true"),
  [sign.f]: Buffer.from("false"),
};

/** How deep objects may lie in each other. */
const deepest = 64;

export class JsonCursor {
  at = 0;
  /** Where the last value began and ended; of a string with its quotes. */
  start = 0;
  stop = 0;
  /** The last string has escapes. */
  escaped = false;
  /** The last string is ASCII without escapes. */
  plain = true;
  bytes: Buffer = Buffer.alloc(0);
  private depth = 0;

  begin(bytes: Buffer): void {
    this.bytes = bytes;
    this.at = 0;
    this.depth = 0;
  }

  /** The next byte that is not white space; 0 at the end. */
  peek(): number {
    let byte = this.bytes[this.at] ?? 0;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
      byte = this.bytes[++this.at] ?? 0;
    return byte;
  }

  expect(byte: number): void {
    if (this.peek() !== byte) refuse();
    this.at++;
  }

  /** Goes past those bytes, if they come next. */
  takes(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let index = 0; index < expected.length; index++)
      if (bytes[at + index] !== expected[index]) return false;
    this.at = at + expected.length;
    return true;
  }

  /** True when another entry follows, false at the end that closes the list or object. */
  more(end: number): boolean {
    const byte = this.peek();
    this.at++;
    if (byte === sign.comma) return true;
    return byte === end ? false : refuse();
  }

  /** The opening sign. @returns false when nothing is in it, and goes past its end then */
  enter(start: number, end: number): boolean {
    this.expect(start);
    if (this.peek() !== end) return true;
    this.at++;
    return false;
  }

  string(): void {
    if (this.peek() !== sign.quote) refuse();
    const { bytes } = this;
    const start = this.at;
    let at = start + 1;
    let all = 0;
    let escaped = false;
    for (let byte = bytes[at] ?? 0; byte !== sign.quote; byte = bytes[++at] ?? 0) {
      if (byte < 0x20) refuse();
      all |= byte;
      if (byte === sign.backslash) {
        escaped = true;
        at++;
      }
    }
    this.start = start;
    this.stop = at + 1;
    this.at = at + 1;
    this.escaped = escaped;
    this.plain = all < 0x80 && !escaped;
    if (escaped) this.decoded();
  }

  /** The text of the last string. */
  text(): string {
    if (this.plain) return this.bytes.toString("latin1", this.start + 1, this.stop - 1);
    return String(this.decoded());
  }

  /** What `JSON.parse` makes of the last value. */
  decoded(): unknown {
    try {
      return JSON.parse(this.bytes.toString("utf8", this.start, this.stop));
    } catch {
      return refuse();
    }
  }

  /** Any value. */
  value(): void {
    const byte = this.peek();
    const start = this.at;
    if (byte === sign.quote) this.string();
    else if (byte === sign.objectStart) this.object();
    else if (byte === sign.listStart) this.list();
    else if (byte === sign.n || byte === sign.t || byte === sign.f) this.literal(byte);
    else this.number();
    this.start = start;
    this.stop = this.at;
  }

  literal(byte: typeof sign.n | typeof sign.t | typeof sign.f): void {
    this.start = this.at;
    if (!this.takes(literals[byte])) refuse();
    this.stop = this.at;
  }

  /** A whole number as JavaScript writes it; all others are left to `JSON.parse`. */
  number(): void {
    const { bytes } = this;
    const start = this.at;
    let at = bytes[start] === sign.minus ? start + 1 : start;
    const first = at;
    for (let byte = bytes[at] ?? 0; byte >= sign.zero && byte <= sign.nine; ) byte = bytes[++at] ?? 0;
    const digits = at - first;
    const leading = bytes[first] === sign.zero;
    if (digits === 0 || digits > 15 || (leading && (digits > 1 || first > start))) refuse();
    const after = (bytes[at] ?? 0) | 0x20;
    if (after === (sign.point | 0x20) || after === 0x65) refuse();
    this.start = start;
    this.stop = at;
    this.at = at;
  }

  private object(): void {
    if (!this.enter(sign.objectStart, sign.objectEnd)) return;
    if (++this.depth > deepest) refuse();
    do {
      this.string();
      this.expect(sign.colon);
      this.value();
    } while (this.more(sign.objectEnd));
    this.depth--;
  }

  private list(): void {
    if (!this.enter(sign.listStart, sign.listEnd)) return;
    if (++this.depth > deepest) refuse();
    do this.value();
    while (this.more(sign.listEnd));
    this.depth--;
  }
}
