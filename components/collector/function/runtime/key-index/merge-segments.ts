/** Keeps the list of segments short although every increment adds one. */
import type { BlobStore } from "../../storage/store";
import type { Segment } from "../documents";

/** So many segments at the end of the list that are all smaller than a limit become one. */
const together = 16;
const limits = [64 * 1024, 1024 * 1024];

/**
 * A segment is one section or several, so joining is copying: what an increment pays for it is bounded, each entry is
 * copied a few times in its life.
 */
export async function mergeSmall(
  store: BlobStore,
  segments: readonly Segment[],
  folder: string,
  { runId, attempt }: { readonly runId: string; readonly attempt: number },
): Promise<Segment[]> {
  let merged = [...segments];
  for (const limit of limits) {
    const from = merged.findLastIndex(({ bytes }) => bytes >= limit) + 1;
    const small = merged.slice(from);
    if (small.length < together) continue;
    const path = `${folder}${runId}/merged-${attempt}-${limit}.keys`;
    merged = [...merged.slice(0, from), await join(store, small, path)];
  }
  return merged;
}

async function join(store: BlobStore, segments: readonly Segment[], path: string): Promise<Segment> {
  const blobs: Buffer[] = [];
  for (const segment of segments) {
    const blob = await store.read(segment.path);
    if (blob === undefined) throw new Error(`The key index "${segment.path}" is missing.`);
    blobs.push(blob.bytes);
  }
  const bytes = Buffer.concat(blobs);
  await store.write(path, bytes);
  return {
    path,
    bytes: bytes.length,
    entries: segments.reduce((sum, { entries }) => sum + entries, 0),
    gone: segments.reduce((sum, { gone }) => sum + gone, 0),
  };
}
