/** Adds the segments of an increment to the index, and keeps the whole short. */
import type { BlobStore } from "../../storage/store";
import type { Attempt } from "../attempt";
import type { Segment } from "../documents";
import { IndexWriter } from "./index-writer";
import { loadKnownKeys, nameUnseen } from "./known-keys";
import { MalformedIndexError } from "./segment-reader";

/** So many segments at the end of the list that are all smaller than a limit become one. */
const together = 16;
const limits = [64 * 1024, 1024 * 1024];
/** The index is written anew when increments have made it twice as long, and by so much at least. */
const leastGrowth = 50_000;

/**
 * An increment pays a bounded price: a few copies of each small segment in its life, and a new index after as many changes
 * as there were keys. Neither needs what the retention rule may have deleted.
 * @returns the index, and whether it was written anew
 */
export async function extendIndex(
  attempt: Attempt,
  indexBase: number,
): Promise<{ readonly segments: Segment[]; readonly whole: boolean }> {
  const segments = [...attempt.known, ...attempt.index.segments];
  if (entries(segments) > 2 * indexBase + leastGrowth) {
    return { segments: await writeAnew(attempt, segments), whole: true };
  }
  return { segments: await mergeSmall(attempt, segments), whole: false };
}

/** Of a list of segments. */
export const entries = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + segment.entries, 0);

/** Each living key once. */
async function writeAnew(
  { documents, run, kinds, recorder }: Attempt,
  segments: readonly Segment[],
): Promise<Segment[]> {
  const { store, paths } = documents;
  // The run is over: what it compared with need not be in memory twice.
  recorder.table = undefined;
  const table = await loadKnownKeys(store.state, kinds, segments, []);
  const types = run.types.map(({ type }) => type);
  const writer = new IndexWriter(store.state, `${paths.index}${run.runId}/whole/`, run.attempt, types, []);
  await nameUnseen(
    store.state,
    kinds,
    segments,
    table,
    {
      kept: () => true,
      carry: (kind, key, hash, content, rest) => writer.add(kind.index, key, hash, content, rest, false),
      bury: () => undefined,
    },
    () => writer.drained(),
  );
  await writer.flush();
  return writer.segments;
}

/** A segment is one section or several, so joining is copying. */
async function mergeSmall({ documents, run }: Attempt, segments: readonly Segment[]): Promise<Segment[]> {
  let merged = [...segments];
  for (const limit of limits) {
    const from = merged.findLastIndex(({ bytes }) => bytes >= limit) + 1;
    if (merged.length - from < together) continue;
    const path = `${documents.paths.index}${run.runId}/merged-${run.attempt}-${limit}.keys`;
    merged = [...merged.slice(0, from), await join(documents.store.state, merged.slice(from), path)];
  }
  return merged;
}

async function join(store: BlobStore, segments: readonly Segment[], path: string): Promise<Segment> {
  const blobs: Buffer[] = [];
  for (const segment of segments) {
    const blob = await store.read(segment.path);
    if (blob === undefined) throw new MalformedIndexError(segment.path);
    blobs.push(blob.bytes);
  }
  const bytes = Buffer.concat(blobs);
  await store.write(path, bytes);
  return {
    path,
    bytes: bytes.length,
    entries: entries(segments),
    gone: segments.reduce((sum, { gone }) => sum + gone, 0),
  };
}
