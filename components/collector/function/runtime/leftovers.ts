/** Blobs that nothing refers to any more: of attempts that died, of runs given up, of the key index before. */
import type { BlobStore } from "../storage/store";
import type { Attempt } from "./attempt";
import type { Segment } from "./documents";
import { manifestPath } from "./paths";

/** What is to be deleted once the commit is written. */
export interface Leftovers {
  sweep(): Promise<void>;
}

/**
 * Looked up before the commit, so that nothing is in the list that a later run has written. A run that was not restarted
 * and changed nothing of the index before has none, and lists nothing.
 */
export async function findLeftovers(attempt: Attempt, segments: readonly Segment[]): Promise<Leftovers> {
  const { run, folder, parts, known, documents } = attempt;
  const { data, state } = documents.store;
  const found: { store: BlobStore; path: string }[] = [];
  const find = async (store: BlobStore, prefix: string, kept: ReadonlySet<string>) => {
    const paths = [];
    for await (const path of store.list(prefix)) paths.push(path);
    found.push(...paths.filter((path) => !kept.has(path)).map((path) => ({ store, path })));
  };
  const restarted = run.attempt > 1 || run.unswept.length > 0;
  if (run.attempt > 1) await find(data, folder, pathsOf(parts.parts));
  for (const earlier of run.unswept) {
    // There is a manifest in no folder but that of a committed run: one that is not known as such is left alone.
    const known = earlier.kept.length > 0 || (await data.read(manifestPath(earlier.folder))) === undefined;
    if (known) await find(data, earlier.folder, new Set(earlier.kept));
  }
  const referred = pathsOf(segments);
  if (restarted || known.some(({ path }) => !referred.has(path))) {
    await find(state, documents.paths.index, referred);
  }
  return {
    sweep: async () => {
      for (const { store, path } of found) await store.delete(path);
      if (restarted) await documents.savepoint.write({ ...run, swept: true });
    },
  };
}

const pathsOf = (blobs: readonly { readonly path: string }[]): ReadonlySet<string> =>
  new Set(blobs.map(({ path }) => path));
