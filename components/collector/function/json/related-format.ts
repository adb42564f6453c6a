/** Items that say no more than who they are: the members, owners and assignments of an object. */
import { type JsonCursor, refuse, sign } from "./cursor";
import type { ItemFormat } from "./item-format";

export interface Related {
  readonly id: string;
  readonly "@odata.type": string | null | undefined;
}

const idName = Buffer.from('"id"');
const typeName = Buffer.from('"@odata.type"');
const removed = "@removed";

export class RelatedFormat implements ItemFormat {
  /** Most items are of the type of the one before. */
  private typeBytes: Uint8Array = Buffer.from("none yet");
  private type = "";

  begin(): void {}

  read(cursor: JsonCursor): Related {
    let id: string | undefined;
    let type: string | null | undefined;
    if (!cursor.enter(sign.objectStart, sign.objectEnd)) refuse();
    do {
      cursor.peek();
      if (cursor.takes(idName)) {
        cursor.expect(sign.colon);
        cursor.string();
        if (!cursor.plain || id !== undefined) refuse();
        id = cursor.text();
      } else if (cursor.takes(typeName)) {
        cursor.expect(sign.colon);
        if (type !== undefined) refuse();
        type = this.readType(cursor);
      } else {
        cursor.string();
        if (cursor.escaped || cursor.text() === removed) refuse();
        cursor.expect(sign.colon);
        cursor.value();
      }
    } while (cursor.more(sign.objectEnd));
    if (id === undefined) refuse();
    return { id, "@odata.type": type };
  }

  /** Goes past a list of items. */
  skipList(cursor: JsonCursor): void {
    if (!cursor.enter(sign.listStart, sign.listEnd)) return;
    do this.read(cursor);
    while (cursor.more(sign.listEnd));
  }

  /** The items of a list. */
  readList(cursor: JsonCursor): readonly Related[] {
    const items: Related[] = [];
    if (!cursor.enter(sign.listStart, sign.listEnd)) return items;
    do items.push(this.read(cursor));
    while (cursor.more(sign.listEnd));
    return items;
  }

  private readType(cursor: JsonCursor): string | null {
    if (cursor.peek() === sign.n) {
      cursor.literal(sign.n);
      return null;
    }
    if (cursor.takes(this.typeBytes)) return this.type;
    cursor.string();
    if (!cursor.plain) refuse();
    this.type = cursor.text();
    this.typeBytes = Buffer.from(cursor.bytes.subarray(cursor.start, cursor.stop));
    return this.type;
  }
}
