/** Adds the segments of an increment to the index, and keeps the whole short. */
import type { BlobStore } from "../../storage/store";
import type { Segment } from "../documents";
import type { RecordKinds } from "../record-kinds";
import { IndexWriter } from "./index-writer";
import { loadKnownKeys, nameUnseen } from "./known-keys";
import { MalformedIndexError } from "./segment-reader";

/** So many segments at the end of the list that are all smaller than a limit become one. */
const together = 16;
const limits = [64 * 1024, 512 * 1024];
/** The index is written anew when increments have made it twice as long, and by so much at least. */
const leastGrowth = 50_000;

/**
 * An increment pays a bounded price: a few copies of each small segment in its life, and a new index after as many changes
 * as there were keys. Neither needs what the retention rule may have deleted.
 * @returns the index, and whether it was written anew
 */
export async function extendIndex(
  places: IndexPlaces,
  segments: readonly Segment[],
  indexBase: number,
  beforeLoading: () => void,
): Promise<{ readonly segments: Segment[]; readonly whole: boolean }> {
  const { state, folder, attempt } = places;
  if (entries(segments) > 2 * indexBase + leastGrowth) {
    beforeLoading();
    return { segments: await writeAnew(places, segments), whole: true };
  }
  const path = (limit: number) => `${folder}merged-${attempt}-${limit}.keys`;
  return { segments: await mergeSmall(state, segments, path), whole: false };
}

/** Where a run's index is and what it is of. */
export interface IndexPlaces {
  readonly state: BlobStore;
  /** Ends in a slash. */
  readonly folder: string;
  readonly attempt: number;
  readonly types: readonly string[];
  readonly kinds: RecordKinds;
}

/** Of a list of segments. */
export const entries = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + segment.entries, 0);

/** Each living key once. */
async function writeAnew(
  { state, folder, attempt, types, kinds }: IndexPlaces,
  segments: readonly Segment[],
): Promise<Segment[]> {
  const table = await loadKnownKeys(state, kinds, segments, []);
  const writer = new IndexWriter(state, `${folder}whole/`, attempt, types, []);
  await nameUnseen(
    state,
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

/**
 * A segment is one section or several, so joining is copying.
 * @param path of the segment that those below a limit of bytes become
 * @param made describes the joined bytes, or fewer of them; absent: all that the joined ones held
 */
export async function mergeSmall(
  state: BlobStore,
  segments: readonly Segment[],
  path: (limit: number) => string,
  made?: (path: string, joined: Buffer) => { readonly segment: Segment; readonly bytes: Buffer },
): Promise<Segment[]> {
  let merged = [...segments];
  for (const limit of limits) {
    const from = merged.findLastIndex(({ bytes }) => bytes >= limit) + 1;
    if (merged.length - from < together) continue;
    merged = [...merged.slice(0, from), await join(state, merged.slice(from), path(limit), made)];
  }
  return merged;
}

async function join(
  store: BlobStore,
  segments: readonly Segment[],
  path: string,
  made: Parameters<typeof mergeSmall>[3],
): Promise<Segment> {
  const blobs: Buffer[] = [];
  for (const segment of segments) {
    const blob = await store.read(segment.path);
    if (blob === undefined) throw new MalformedIndexError(segment.path);
    blobs.push(blob.bytes);
  }
  const joined = Buffer.concat(blobs);
  const gone = segments.reduce((sum, segment) => sum + segment.gone, 0);
  const { segment, bytes } = made?.(path, joined) ?? {
    segment: { path, bytes: joined.length, entries: entries(segments), gone },
    bytes: joined,
  };
  await store.write(path, bytes);
  return segment;
}
