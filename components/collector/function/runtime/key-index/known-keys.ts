/** Brings the key index back into memory, and names what a run did not yield. */
import type { BlobStore } from "../../storage/store";
import type { Segment } from "../documents";
import { parentKey, type RecordKind, type RecordKinds } from "../record-kinds";
import { Hash, hash64 } from "./hash";
import { KeyTable } from "./key-table";
import type { SegmentEntry } from "./segment-format";
import { MalformedIndexError, readSegment } from "./segment-reader";

/** Ordinals of entries: segments far enough apart that none overlap. */
const ordinalsASegment = 2 ** 32;

/**
 * The table of what lives after those segments. Entries of `own`, written by this run before its savepoint, count as
 * seen.
 */
export async function loadKnownKeys(
  store: BlobStore,
  kinds: RecordKinds,
  committed: readonly Segment[],
  own: readonly Segment[],
): Promise<KeyTable> {
  const segments = [...committed, ...own];
  const graves = await parentGraves(store, kinds, segments);
  const table = new KeyTable();
  await eachEntry(store, segments, (entry, ordinal) => {
    const kind = kinds.get(entry.type);
    if (kind === undefined || (graves.size > 0 && diedWithParent(graves, kind, entry, ordinal))) return;
    const known = table.find(entry.high, entry.low);
    if (entry.gone) known?.bury();
    else {
      const seen = ordinal >= committed.length * ordinalsASegment;
      if (known) known.set(entry.content, entry.contentRest, seen);
      else table.insert(entry.high, entry.low, entry.content, entry.contentRest, seen);
    }
  });
  return table;
}

/** What becomes of living keys that a run did not yield. */
export interface Unseen {
  /** Types of which only changes were read: their keys live on. */
  readonly kept: (kind: RecordKind) => boolean;
  readonly carry: (kind: RecordKind, key: string, hash: Hash, content: number, contentRest: number) => void;
  readonly bury: (kind: RecordKind, key: string, hash: Hash) => void;
}

/**
 * Calls back for each living key that was not seen: it is carried over, or buried. Not for children whose parent is gone,
 * too: the parent's tombstone ends them.
 */
export async function nameUnseen(
  store: BlobStore,
  kinds: RecordKinds,
  committed: readonly Segment[],
  table: KeyTable,
  unseen: Unseen,
  afterSegment: () => Promise<void>,
): Promise<void> {
  const parent = new Hash();
  await eachEntry(
    store,
    committed,
    (entry) => {
      const kind = kinds.get(entry.type);
      const known = table.find(entry.high, entry.low);
      if (kind === undefined || known === undefined || known.seen || known.dead) return;
      const { content, contentRest } = known;
      const kept = unseen.kept(kind);
      if (kept) known.set(content, contentRest, true);
      else known.bury();
      const key = entry.key();
      if (kind.parent !== undefined) {
        hash64(parentKey(kind, key), kind.parent.keySeed, parent);
        const above = table.find(parent.high, parent.low);
        if (above?.dead === true || (above?.seen === false && !unseen.kept(kind.parent))) return;
      }
      if (kept) unseen.carry(kind, key, entry, content, contentRest);
      else unseen.bury(kind, key, entry);
    },
    afterSegment,
  );
}

/** The ordinal of the last tombstone of each key that has children. */
async function parentGraves(
  store: BlobStore,
  kinds: RecordKinds,
  segments: readonly Segment[],
): Promise<ReadonlyMap<string, number>> {
  const graves = new Map<string, number>();
  const withGraves = segments.map((segment) => (segment.gone > 0 ? segment : undefined));
  await eachEntry(store, withGraves, (entry, ordinal) => {
    if (entry.gone && kinds.get(entry.type)?.hasChildren) graves.set(place(entry), ordinal);
  });
  return graves;
}

function diedWithParent(
  graves: ReadonlyMap<string, number>,
  kind: RecordKind,
  entry: SegmentEntry,
  ordinal: number,
): boolean {
  if (kind.parent === undefined) return false;
  const parent = new Hash();
  const key = entry.key();
  hash64(parentKey(kind, key), kind.parent.keySeed, parent);
  return (graves.get(place(parent)) ?? -1) > ordinal;
}

const place = ({ high, low }: { readonly high: number; readonly low: number }): string => `${high}.${low}`;

/** Reads segments one after the other; an absent one in the list only counts. */
async function eachEntry(
  store: BlobStore,
  segments: readonly (Segment | undefined)[],
  visit: (entry: SegmentEntry, ordinal: number) => void,
  after?: () => Promise<void>,
): Promise<void> {
  for (const [index, segment] of segments.entries()) {
    if (segment === undefined) continue;
    const blob = await store.readStream(segment.path);
    if (blob === undefined) throw new MalformedIndexError(segment.path);
    let ordinal = index * ordinalsASegment;
    await readSegment(segment.path, blob, (entry) => visit(entry, ordinal++));
    await after?.();
  }
}
