/** What is there now, of a stream of any size: each living record once, newest first, without holding the records. */
import { z } from "zod";
import type { StreamName } from "../model/stream-names";
import type { CollectorStore } from "../storage/store";
import type { Manifest } from "./documents";
import { Hash, hash64 } from "./key-index/hash";
import { KeyTable } from "./key-index/key-table";
import { PartReader } from "./part-reader";
import { committedRuns, parseLine } from "./read-committed";
import { parentKey, type RecordKind, type RecordKinds, recordKinds } from "./record-kinds";

/** A part that a committed run wrote is gone: what is left is not the whole. */
export class MissingPartError extends Error {
  override readonly name = "MissingPartError";

  constructor(path: string) {
    super(`"${path}", a part of what was collected, is gone. Collect the stream again with a resync.`);
  }
}

/** A record as it is now. */
export interface LivingRecord {
  readonly type: string;
  readonly key: string;
  /** Parses the record's data: only before the next record is asked for. @throws when the line is damaged */
  data(): object;
}

const newline = 10;
/** Records between two moments at which other work of the process may run. */
const breath = 20_000;

/**
 * Reads runs, parts and lines backwards: the first line of a key is its last state, and a parent's tombstone comes before
 * the children that it ended. Holds a part (some 20 MB unpacked) and 14 to 22 bytes a key.
 * @param types Only records of these; the others cost little
 * @throws MissingPartError, and what the store throws
 */
export async function* readLiving(
  store: CollectorStore,
  connector: string,
  stream: StreamName,
  types: ReadonlySet<string>,
): AsyncGenerator<LivingRecord, void, undefined> {
  const runs = await committedRuns(store, connector, stream);
  const newest = runs.at(-1);
  if (newest === undefined) return;
  const known = new KnownLines(kindsOf(newest), types);
  const reader = new PartReader();
  let read = 0;
  for (const run of runs.reverse()) {
    for (const { path } of run.parts.toReversed()) {
      const blob = await store.data.read(path);
      if (blob === undefined) throw new MissingPartError(path);
      for (const record of living(await reader.unpack(blob.bytes), known)) {
        yield record;
        read += 1;
        if (read % breath === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }
}

const kindsOf = ({ types }: Manifest): RecordKinds =>
  recordKinds(types.map(({ parent, ...type }) => ({ ...type, ...(parent !== undefined && { parent }) })));

/** Lines of a part from its last to its first. */
function* living(part: Buffer, known: KnownLines): Generator<LivingRecord, void, undefined> {
  for (let end = part.length - 1; end > 0; ) {
    const begin = part.lastIndexOf(newline, end - 1) + 1;
    const record = known.take(part.subarray(begin, end));
    if (record !== undefined) yield record;
    end = begin - 1;
  }
}

/** What later lines said. */
class KnownLines {
  private readonly seen = new KeyTable();
  /** Parents that were gone at some later moment: children before it went with them. */
  private readonly graves = new KeyTable();
  private readonly starts: readonly Start[];
  private readonly hash = new Hash();

  constructor(
    kinds: RecordKinds,
    private readonly types: ReadonlySet<string>,
  ) {
    this.starts = [...kinds.values()].map((kind) => ({
      kind,
      // Of every version: older lines of a type may be of an older one.
      bytes: Buffer.from(`{"schema":"${kind.type}/`),
    }));
  }

  /** The record of a line, unless a later line replaces it, its type is not wanted, or it is gone. */
  take(line: Buffer): LivingRecord | undefined {
    const start = this.starts.find(({ bytes }) => bytes.equals(line.subarray(0, bytes.length)));
    if (start === undefined) return undefined;
    const { kind } = start;
    const wanted = this.types.has(kind.type);
    if (!wanted && !kind.hasChildren) return undefined;
    const head = headOf(line);
    this.of(kind, head.key);
    const { high, low } = this.hash;
    if (head.gone && kind.hasChildren && this.graves.find(high, low) === undefined) {
      this.graves.insertDead(high, low);
    }
    if (!wanted || this.seen.find(high, low) !== undefined) return undefined;
    this.seen.insertDead(high, low);
    if (head.gone || this.parentIsGone(kind, head.key)) return undefined;
    return { type: kind.type, key: head.key, data: () => dataOf(line) };
  }

  private parentIsGone(kind: RecordKind, key: string): boolean {
    for (let child = kind; child.parent !== undefined; child = child.parent) {
      this.of(child.parent, parentKey(child, key));
      if (this.graves.find(this.hash.high, this.hash.low) !== undefined) return true;
    }
    return false;
  }

  private of(kind: RecordKind, key: string): void {
    hash64(key, kind.keySeed, this.hash);
  }
}

interface Start {
  readonly kind: RecordKind;
  readonly bytes: Buffer;
}

const keyMark = Buffer.from(`"key":"`);
const deleteMark = Buffer.from(`","op":"delete"`);
const upsertMark = Buffer.from(`","op":"upsert"`);
const quote = 34;
const backslash = 92;

/** Key and operation, without parsing the line where the key holds nothing that JSON escapes. */
function headOf(line: Buffer): { readonly key: string; readonly gone: boolean } {
  const from = line.indexOf(keyMark) + keyMark.length;
  const to = line.indexOf(quote, from);
  const after = line.subarray(to, to + upsertMark.length);
  const escaped = line[to - 1] === backslash || line.subarray(from, to).includes(backslash);
  if (!escaped && after.equals(upsertMark)) return { key: line.toString("utf8", from, to), gone: false };
  if (!escaped && after.equals(deleteMark)) return { key: line.toString("utf8", from, to), gone: true };
  const { key, data } = parseLine(line.toString("utf8"));
  return { key, gone: data === null };
}

/** Whoever reads records checks what is in them: here it suffices that they are records. */
const recordSchema = z.object({
  data: z.custom<object>((data) => typeof data === "object" && data !== null),
});

const dataOf = (line: Buffer): object => recordSchema.parse(JSON.parse(line.toString("utf8"))).data;
