/** What the runtime must know of each record type to write it, hash it and find its parent. */

import type { ByteText } from "../json/byte-text";
import type { RecordType } from "../model/record";
import { type Hash, seedOf } from "./key-index/hash";

export interface RecordKind {
  /** Index of the type in the stream's list. */
  readonly index: number;
  readonly type: string;
  /** The line up to the key. */
  readonly lineStart: Uint8Array;
  readonly keySeed: Hash;
  /** A new schema version makes all contents differ. */
  readonly contentSeed: Hash;
  readonly parent: RecordKind | undefined;
  /** Some type is a child of this one. */
  readonly hasChildren: boolean;
  /** How many segments of a key, between slashes, are the key of the parent. */
  readonly parentSegments: number;
  /** Of an event: remembered for good. */
  readonly undated: boolean;
  /** Of an event: remembered and not written. */
  readonly marker: boolean;
}

/** By name of the type. */
export type RecordKinds = ReadonlyMap<string, RecordKind>;

export function recordKinds(types: readonly RecordType[]): RecordKinds {
  const kinds = new Map<string, RecordKind>();
  const add = (type: string): RecordKind | undefined => {
    const index = types.findIndex((other) => other.type === type);
    const found = types[index];
    if (found === undefined || kinds.has(type)) return kinds.get(type);
    const parent = found.parent === undefined ? undefined : add(found.parent);
    const schema = `${type}/${found.schemaVersion}`;
    const kind: RecordKind = {
      index,
      type,
      lineStart: Buffer.from(`{"schema":${JSON.stringify(schema)},"type":${JSON.stringify(type)},"key":`),
      keySeed: seedOf(type),
      contentSeed: seedOf(schema),
      parent,
      hasChildren: types.some((other) => other.parent === type),
      parentSegments: parent === undefined ? 0 : parent.parentSegments + 1,
      undated: found.undated === true,
      marker: found.marker === true,
    };
    kinds.set(type, kind);
    return kind;
  };
  for (const { type } of types) add(type);
  return kinds;
}

/** The key of the parent: a child's key begins with it and a slash. */
export function parentKey(kind: { readonly parentSegments: number }, key: string): string {
  let end = -1;
  for (let segment = 0; segment < kind.parentSegments; segment++) {
    const next = key.indexOf("/", end + 1);
    if (next < 0) return key;
    end = next;
  }
  return end < 0 ? key : key.slice(0, end);
}

const upsert = Buffer.from(',"op":"upsert","data":');
const upsertEnd = Buffer.from("}\n");
const tombstone = Buffer.from(',"op":"delete","data":null}\n');

/** Writes one line of a part. @param content JSON of the data; undefined: a tombstone */
export function writeLine(to: ByteText, kind: RecordKind, key: string, content: ByteText | undefined): void {
  to.copy(kind.lineStart, 0, kind.lineStart.length);
  to.jsonString(key);
  if (content === undefined) to.copy(tombstone, 0, tombstone.length);
  else {
    to.copy(upsert, 0, upsert.length);
    to.copy(content.bytes, 0, content.length);
    to.copy(upsertEnd, 0, upsertEnd.length);
  }
}
