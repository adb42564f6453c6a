/** Objects that stand in the bytes of a reply: looked at where they must be, and passed on as they came. */
import { isUtf8 } from "node:buffer";
import type { ByteText } from "./byte-text";
import { JsonCursor, refuse, sign, UnexpectedJson } from "./cursor";

/** Takes any number: what is passed on as it came need not be as JavaScript writes it. */
class PassingCursor extends JsonCursor {
  override number(): void {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    for (let byte = bytes[at] ?? 0; isOfNumber(byte); ) byte = bytes[++at] ?? 0;
    if (!anyNumber.test(bytes.toString("latin1", start, at))) refuse();
    this.start = start;
    this.stop = at;
    this.at = at;
  }
}

const anyNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const isOfNumber = (byte: number): boolean =>
  (byte >= sign.zero && byte <= sign.nine) ||
  byte === sign.minus ||
  byte === sign.point ||
  byte === 0x2b ||
  (byte | 0x20) === 0x65;

/** An object and the places of some of its properties. It lives as long as the reply's bytes. */
export class RawObject {
  constructor(
    readonly bytes: Buffer,
    readonly start: number,
    readonly stop: number,
    /** For each property where its value begins and ends; 0: absent. */
    private readonly places: readonly number[],
  ) {}

  has(index: number): boolean {
    return this.places[2 * index] !== 0;
  }

  /** The JSON of a property's value; empty when it is absent. */
  json(index: number): string {
    return this.bytes.toString("utf8", this.places[2 * index], this.places[2 * index + 1]);
  }

  /** What `JSON.parse` makes of a property's value; undefined when it is absent. */
  value(index: number): unknown {
    return this.has(index) ? JSON.parse(this.json(index)) : undefined;
  }

  /** Whether the value is a text that is not empty. */
  isText(index: number): boolean {
    const start = this.places[2 * index] ?? 0;
    return this.bytes[start] === sign.quote && (this.places[2 * index + 1] ?? 0) - start > 2;
  }

  /** A text that is not empty; undefined for anything else. */
  text(index: number): string | undefined {
    if (!this.isText(index)) return undefined;
    const json = this.json(index);
    return json.includes("\\") ? String(JSON.parse(json)) : json.slice(1, -1);
  }

  /** Writes a text that is not empty as it came, and null for anything else. */
  writeText(index: number, to: ByteText): void {
    if (!this.isText(index)) to.text("null");
    else to.copy(this.bytes, this.places[2 * index] ?? 0, this.places[2 * index + 1] ?? 0);
  }

  /** The object itself. */
  parsed(): unknown {
    return JSON.parse(this.bytes.toString("utf8", this.start, this.stop));
  }
}

/** Finds objects and some of their properties. */
export class RawScanner {
  private readonly cursor = new PassingCursor();
  private readonly none: readonly number[];
  /** Indexes of the names by their length in quotes. */
  private readonly byLength: ReadonlyMap<
    number,
    readonly { readonly index: number; readonly name: Buffer }[]
  >;

  constructor(names: readonly string[]) {
    this.none = names.flatMap(() => [0, 0]);
    const byLength = new Map<number, { index: number; name: Buffer }[]>();
    for (const [index, text] of names.entries()) {
      const name = Buffer.from(JSON.stringify(text));
      byLength.set(name.length, [...(byLength.get(name.length) ?? []), { index, name }]);
    }
    this.byLength = byLength;
  }

  /**
   * The entries of a list that is the whole text; an entry that is no object is what `JSON.parse` makes of it.
   * @returns undefined when `JSON.parse` has to read the whole
   */
  list(bytes: Buffer): readonly unknown[] | undefined {
    if (!isOneLine(bytes)) return undefined;
    const { cursor } = this;
    const entries: unknown[] = [];
    cursor.begin(bytes);
    try {
      if (cursor.enter(sign.listStart, sign.listEnd)) {
        do entries.push(this.entry());
        while (cursor.more(sign.listEnd));
      }
      return cursor.peek() === 0 && cursor.at >= bytes.length ? entries : undefined;
    } catch (error) {
      if (error instanceof UnexpectedJson) return undefined;
      throw error;
    }
  }

  /** The object at another cursor, which goes past it. @throws UnexpectedJson */
  objectAt(other: JsonCursor): RawObject {
    const { cursor } = this;
    cursor.begin(other.bytes);
    cursor.at = other.at;
    const object = this.object();
    other.at = cursor.at;
    return object;
  }

  private entry(): unknown {
    const { cursor } = this;
    if (cursor.peek() === sign.objectStart) return this.object();
    cursor.value();
    return cursor.decoded();
  }

  private object(): RawObject {
    const { cursor } = this;
    cursor.peek();
    const start = cursor.at;
    const places = this.none.slice();
    if (cursor.enter(sign.objectStart, sign.objectEnd)) {
      do {
        cursor.string();
        if (cursor.escaped) refuse();
        const index = this.indexOf(cursor.bytes, cursor.start, cursor.stop);
        cursor.expect(sign.colon);
        cursor.value();
        if (index < 0) continue;
        places[2 * index] = cursor.start;
        places[2 * index + 1] = cursor.stop;
      } while (cursor.more(sign.objectEnd));
    }
    return new RawObject(cursor.bytes, start, cursor.at, places);
  }

  private indexOf(bytes: Buffer, start: number, stop: number): number {
    for (const { index, name } of this.byLength.get(stop - start) ?? []) {
      let at = 0;
      while (at < name.length && bytes[start + at] === name[at]) at++;
      if (at === name.length) return index;
    }
    return -1;
  }
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Whether parts of the text may stand in a line of NDJSON as they are. */
export const isOneLine = (bytes: Buffer): boolean =>
  !bytes.includes(lineFeed) && !bytes.includes(carriageReturn) && isUtf8(bytes);
