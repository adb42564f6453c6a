/** Objects of a shape, read as views of the reply's bytes and written from there. */
import type { z } from "zod";
import type { ByteText } from "./byte-text";
import { JsonCursor, refuse, sign } from "./cursor";
import { type Field, fieldsOf, readField } from "./fields";
import type { ItemFormat } from "./item-format";
import { type Related, RelatedFormat } from "./related-format";
import { type ScannedObject, viewOf } from "./scanned-object";

const nothing = Buffer.from("null");
/** In place of an end: the place is an index into `stored`. */
const isStored = -1;

export interface ObjectFormatOptions {
  /** Properties that are stored, `id` first, with the schemas that check them. */
  readonly properties: Readonly<Record<string, z.ZodType>>;
  /** Lists of related objects that may come with an object. */
  readonly lists: readonly string[];
  /** What is stored of a value that its schema let through. */
  readonly normalised: (value: unknown) => unknown;
}

export class ObjectFormat implements ItemFormat {
  private readonly fields: readonly Field[];
  private readonly lists: readonly string[];
  private readonly names: readonly Buffer[];
  private readonly indexOf: ReadonlyMap<string, number>;
  private readonly required: readonly number[];
  /** By index of a field, plus one: which came after it in the object before. */
  private readonly follows: Int32Array;
  /** For each object a row, for each of its fields and lists two numbers: where its value begins and ends. */
  private places = new Int32Array(1024);
  private used = 0;
  private readonly stored: Buffer[] = [];
  private readonly related = new RelatedFormat();
  private readonly side = new JsonCursor();
  private readonly View: ReturnType<typeof viewOf>;
  private recent:
    | { readonly object: ScannedObject; readonly list: number; readonly items: readonly Related[] }
    | undefined;
  /** Raised when all objects are given up. */
  generation = 0;

  constructor(private readonly options: ObjectFormatOptions) {
    this.fields = fieldsOf(options.properties);
    this.lists = options.lists;
    const fields = this.fields.map(({ name }) => name);
    const all = [...fields, ...this.lists];
    this.names = all.map((name) => Buffer.from(JSON.stringify(name)));
    this.indexOf = new Map(all.map((name, index) => [name, index]));
    this.required = this.fields.flatMap(({ optional }, index) => (optional ? [] : [index]));
    this.follows = new Int32Array(all.length + 1).fill(-1);
    this.View = viewOf(fields, this.lists);
  }

  begin(): void {
    this.generation++;
    this.used = 0;
    this.stored.length = 0;
    this.recent = undefined;
  }

  read(cursor: JsonCursor): ScannedObject {
    const row = this.addRow();
    if (!cursor.enter(sign.objectStart, sign.objectEnd)) refuse();
    let id = "";
    let last = -1;
    do {
      const index = this.nameAt(cursor, last);
      cursor.expect(sign.colon);
      if (index < 0) {
        cursor.value();
        continue;
      }
      if (this.isSet(row, index)) refuse();
      this.readValue(cursor, row, index);
      if (index === 0) id = cursor.plain ? cursor.text() : refuse();
      last = index;
    } while (cursor.more(sign.objectEnd));
    for (const index of this.required) if (!this.isSet(row, index)) refuse();
    return new this.View(this, id, cursor.bytes, row);
  }

  /** What `JSON.stringify` would make of the object as it is stored. */
  write(bytes: Buffer, row: number, to: ByteText): void {
    const { fields, places } = this;
    for (let index = 0; index < fields.length; index++) {
      const lead = fields[index]?.lead ?? nothing;
      to.copy(lead, 0, lead.length);
      const start = places[row + 2 * index] ?? 0;
      const stop = places[row + 2 * index + 1] ?? 0;
      if (stop > 0) to.copy(bytes, start, stop);
      else {
        const value = stop === isStored ? (this.stored[start] ?? nothing) : nothing;
        to.copy(value, 0, value.length);
      }
    }
    to.byte(sign.objectEnd);
  }

  /** The value of a field; undefined when it is absent. */
  value(bytes: Buffer, row: number, index: number): unknown {
    const start = this.places[row + 2 * index] ?? 0;
    const stop = this.places[row + 2 * index + 1] ?? 0;
    if (stop === 0) return undefined;
    return JSON.parse(stop === isStored ? String(this.stored[start]) : bytes.toString("utf8", start, stop));
  }

  /** A list of related objects; undefined when it is absent. It is asked for several times for one object. */
  list(object: ScannedObject, bytes: Buffer, row: number, list: number): readonly Related[] | undefined {
    const index = this.fields.length + list;
    if (!this.isSet(row, index)) return undefined;
    if (this.recent?.object === object && this.recent.list === list) return this.recent.items;
    this.side.begin(bytes);
    this.side.at = this.places[row + 2 * index] ?? 0;
    const items = this.related.readList(this.side);
    this.recent = { object, list, items };
    return items;
  }

  private readValue(cursor: JsonCursor, row: number, index: number): void {
    const field = this.fields[index];
    let stored: Buffer | undefined;
    if (field !== undefined) stored = readField(cursor, field, this.options.normalised);
    else {
      cursor.peek();
      const start = cursor.at;
      this.related.skipList(cursor);
      cursor.start = start;
      cursor.stop = cursor.at;
    }
    const at = row + 2 * index;
    this.places[at] = stored === undefined ? cursor.start : this.stored.push(stored) - 1;
    this.places[at + 1] = stored === undefined ? cursor.stop : isStored;
  }

  /** The field whose name is at the cursor, -1 for one that is not stored. Mostly it is the one that came here before. */
  private nameAt(cursor: JsonCursor, last: number): number {
    cursor.peek();
    const guess = this.follows[last + 1] ?? -1;
    const name = this.names[guess];
    if (name !== undefined && cursor.takes(name)) return guess;
    cursor.string();
    const index = this.indexOf.get(cursor.text()) ?? -1;
    if (index >= 0) this.follows[last + 1] = index;
    return index;
  }

  private isSet(row: number, index: number): boolean {
    return this.places[row + 2 * index + 1] !== 0;
  }

  private addRow(): number {
    const row = this.used;
    this.used += 2 * this.names.length;
    if (this.used > this.places.length) {
      const larger = new Int32Array(2 * this.used);
      larger.set(this.places);
      this.places = larger;
    }
    this.places.fill(0, row, this.used);
    return row;
  }
}
