/** Deletes everything that was collected of a stream, and what reports found in it. */
import type { StreamName } from "../model/stream-names";
import type { BlobStore, CollectorStore } from "../storage/store";
import { assessmentsPrefix, statePaths, streamPrefix } from "./paths";

/**
 * The checkpoint goes first: without it no part counts, and a purge that is interrupted can be repeated.
 * @returns how many blobs there were; undefined when a run holds the stream
 */
export async function purgeStream(
  store: CollectorStore,
  connector: string,
  stream: StreamName,
): Promise<number | undefined> {
  const { lock } = statePaths(connector, stream);
  const prefix = streamPrefix(connector, stream);
  if (await isEmpty(store, prefix)) return 0;
  const lease = await store.state.lease(lock);
  if (lease === undefined) return undefined;
  try {
    const inState = await deleteAll(store.state, prefix, lock);
    return inState + (await deleteAll(store.data, prefix, undefined));
  } finally {
    await lease.release().catch(() => undefined);
    await store.state.delete(lock);
  }
}

/**
 * What reports kept of a connector by day: it names what was found in the streams, so it goes with them.
 * @returns how many blobs there were
 */
export const purgeAssessments = ({ state }: CollectorStore, connector: string): Promise<number> =>
  deleteAll(state, assessmentsPrefix(connector), undefined);

async function deleteAll(blobs: BlobStore, prefix: string, keep: string | undefined): Promise<number> {
  const paths: string[] = [];
  for await (const path of blobs.list(prefix)) if (path !== keep) paths.push(path);
  // Sorted: `checkpoint.json` comes before what it refers to.
  for (const path of paths.sort()) await blobs.delete(path);
  return paths.length;
}

async function isEmpty(store: CollectorStore, prefix: string): Promise<boolean> {
  for (const blobs of [store.state, store.data]) {
    for await (const _ of blobs.list(prefix)) return false;
  }
  return true;
}
