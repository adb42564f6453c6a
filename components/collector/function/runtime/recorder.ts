/** Turns what a stream yields into lines and index entries: each difference once. */

import { ByteText } from "../json/byte-text";
import { setJson } from "../json/writes-json";
import type { RecordChange } from "../model/record";
import { Hash, hash64, hashBytes } from "./key-index/hash";
import type { IndexWriter } from "./key-index/index-writer";
import { contentMask, KeyTable } from "./key-index/key-table";
import type { PartWriter } from "./part-writer";
import { parentKey, type RecordKind, type RecordKinds } from "./record-kinds";

/** A stream yielded a record of a type that it does not declare: a fault of the collector. */
export class UndeclaredTypeError extends Error {
  override readonly name = "UndeclaredTypeError";

  constructor(type: string) {
    super(
      `The stream yielded a record of type "${type}", which it does not declare. Report this as a fault.`,
    );
  }
}

/** Changes that may wait for the run to say what it is; beyond either the key index is loaded. */
const mostHeld = 5_000;
const mostHeldLength = 8 * 1024 * 1024;

interface HeldChange {
  readonly kind: RecordKind;
  readonly key: string;
  readonly json: string | null;
}

/**
 * With the table of known keys every change is compared at once. Without it changes are held, and the few of an
 * ordinary increment are written without ever loading what a tenant's keys would take.
 */
export class Recorder {
  private held: HeldChange[] = [];
  private heldLength = 0;
  private readonly keyHash = new Hash();
  private readonly contentHash = new Hash();
  /** JSON of the change at hand. */
  private readonly content = new ByteText();
  /** Keys that had children and were buried in this attempt. */
  private readonly graves = new Set<string>();
  records = 0;
  tombstones = 0;

  constructor(
    private readonly kinds: RecordKinds,
    private readonly parts: PartWriter,
    private readonly index: IndexWriter,
    private readonly loadTable: () => Promise<KeyTable>,
    /** Undefined: not loaded. */
    public table: KeyTable | undefined,
    /** Writes also what is as it was. */
    private readonly rewrite: boolean,
  ) {}

  async record(changes: readonly RecordChange[]): Promise<void> {
    for (const { type, key, data } of changes) {
      const kind = this.kinds.get(type);
      if (kind === undefined) throw new UndeclaredTypeError(type);
      if (data !== null) setJson(this.content, data);
      if (this.table !== undefined) this.compare(this.table, kind, key, data !== null, false);
      else this.hold({ kind, key, json: data === null ? null : this.content.toString() });
    }
    if (this.held.length > mostHeld || this.heldLength > mostHeldLength) await this.compareHeld();
    await this.parts.drained();
    await this.index.drained();
  }

  /** Loads the table unless it is there, and compares what is held. */
  async compareHeld(): Promise<KeyTable> {
    this.table ??= await this.loadTable();
    this.compareReleased(this.table, false);
    return this.table;
  }

  /** Writes what is held, compared with nothing but itself: the run was an increment. */
  writeHeld(): void {
    this.compareReleased(new KeyTable(), true);
  }

  /** A tombstone for a key that the run did not yield. */
  bury(kind: RecordKind, key: string, hash: Hash): void {
    this.keyHash.high = hash.high;
    this.keyHash.low = hash.low;
    this.write(kind, key, false);
  }

  private hold(change: HeldChange): void {
    this.held.push(change);
    this.heldLength += change.key.length + (change.json?.length ?? 0);
  }

  private compareReleased(table: KeyTable, partial: boolean): void {
    const { held, content } = this;
    this.held = [];
    this.heldLength = 0;
    for (const { kind, key, json } of held) {
      content.clear();
      if (json !== null) content.text(json);
      this.compare(table, kind, key, json !== null, partial);
    }
  }

  /**
   * @param lives its JSON is in `content`; false: it is gone
   * @param partial the table holds this run's changes only, so a key that it does not know may exist
   */
  private compare(table: KeyTable, kind: RecordKind, key: string, lives: boolean, partial: boolean): void {
    const { keyHash, contentHash, content: text } = this;
    // Asked first: the table has one entry object for all.
    const parentDied = lives && this.parentDied(kind, key);
    if (parentDied && this.parentIsDead(table, kind, key)) return;
    hash64(key, kind.keySeed, keyHash);
    const known = table.find(keyHash.high, keyHash.low);
    if (!lives) {
      if (known?.dead || (known === undefined && !partial)) return;
      if (known === undefined) table.insertDead(keyHash.high, keyHash.low);
      else known.bury();
      if (kind.hasChildren) this.graves.add(`${kind.index}/${key}`);
      this.write(kind, key, false);
      return;
    }
    hashBytes(text.bytes, text.length, kind.contentSeed, contentHash);
    const { high: content } = contentHash;
    const rest = contentHash.low & contentMask;
    if (known === undefined) table.insert(keyHash.high, keyHash.low, content, rest, true);
    else {
      const same = !known.dead && known.has(content, rest) && !parentDied;
      if (same && known.seen) return;
      known.set(content, rest, true);
      if (same && !this.rewrite) {
        this.index.add(kind.index, key, keyHash, content, rest, false);
        return;
      }
    }
    this.write(kind, key, true);
  }

  /** A child of a parent that came back is written although it is as it was: the tombstone had ended it. */
  private parentDied(kind: RecordKind, key: string): boolean {
    if (kind.parent === undefined || this.graves.size === 0) return false;
    return this.graves.has(`${kind.parent.index}/${parentKey(kind, key)}`);
  }

  /** A child of a parent that did not come back was told before the parent's end, and is told again: a page twice. */
  private parentIsDead(table: KeyTable, kind: RecordKind, key: string): boolean {
    if (kind.parent === undefined) return false;
    hash64(parentKey(kind, key), kind.parent.keySeed, this.keyHash);
    return table.find(this.keyHash.high, this.keyHash.low)?.dead === true;
  }

  private write(kind: RecordKind, key: string, lives: boolean): void {
    const { keyHash, contentHash } = this;
    this.parts.add(kind, key, lives ? this.content : undefined);
    this.records++;
    if (lives) {
      this.index.add(kind.index, key, keyHash, contentHash.high, contentHash.low & contentMask, false);
    } else {
      this.tombstones++;
      this.index.add(kind.index, key, keyHash, 0, 0, true);
    }
  }
}
