/** Ends a run: what was not yielded is named, one guarded write commits, leftovers are swept. */
import type { BlobStore } from "../storage/store";
import type { StreamEnd } from "../streams/stream";
import type { Attempt } from "./attempt";
import type { Commit, Segment } from "./documents";
import { nameUnseen } from "./key-index/known-keys";
import { mergeSmall } from "./key-index/merge-segments";
import { manifestPath } from "./paths";

/**
 * Nothing is deleted before the commit is written: whoever was taken for dead and commits first has lost nothing, and
 * whoever comes second fails at the guard.
 * @throws ConditionFailedError when another instance committed
 */
export async function commitRun(attempt: Attempt, end: StreamEnd, now: Date): Promise<Commit> {
  const { documents, run, parts, index, progress } = attempt;
  const everything = await writeDifferences(attempt, end);
  await Promise.all([parts.flush(), index.flush()]);
  const before = documents.commit.value;
  const segments = everything
    ? index.segments
    : await mergeSmall(
        documents.store.state,
        [...attempt.known, ...index.segments],
        documents.paths.index,
        run,
      );
  const leftovers = await findLeftovers(attempt, segments);
  const { records, tombstones } = progress.figures();
  const commit: Commit = {
    version: 1,
    connector: documents.connector,
    stream: documents.stream,
    sequence: run.basedOn + 1,
    runId: run.runId,
    kind: run.kind,
    committedAt: now.toISOString(),
    records,
    tombstones,
    types: run.types,
    parts: parts.parts,
    previous: before === undefined ? null : before.parts.length > 0 ? before.manifest : before.previous,
    manifest: manifestPath(attempt.folder),
    checkpoint: end.checkpoint,
    index: segments,
    indexBase: everything ? entries(segments) : (before?.indexBase ?? 0),
  };
  if (before !== undefined) await publish(documents.store.data, before);
  attempt.check();
  await documents.commit.write(commit);
  await publish(documents.store.data, commit);
  for (const { store, path } of leftovers) await store.delete(path);
  return commit;
}

/** @returns whether the run's own index is the whole index */
async function writeDifferences(attempt: Attempt, { read, wholly }: StreamEnd): Promise<boolean> {
  const { recorder, documents, kinds, known, parts, index } = attempt;
  if (read === "changes" && wholly === undefined) {
    if (recorder.table === undefined) recorder.writeHeld();
    return false;
  }
  const table = await recorder.compareHeld();
  await nameUnseen(
    documents.store.state,
    kinds,
    known,
    table,
    {
      kept: ({ type }) => read === "changes" && wholly?.includes(type) !== true,
      carry: (kind, key, hash, content, rest) => index.add(kind.index, key, hash, content, rest, false),
      bury: (kind, key, hash) => recorder.bury(kind, key, hash),
    },
    async () => {
      await parts.drained();
      await index.drained();
    },
  );
  return true;
}

/**
 * Puts the manifest beside the parts. The run itself does it after its commit, and the next one makes sure before its
 * own, since its manifest points to this one.
 */
async function publish(data: BlobStore, commit: Commit): Promise<void> {
  const { manifest, checkpoint, index, indexBase, ...rest } = commit;
  if (rest.parts.length > 0) await data.write(manifest, Buffer.from(JSON.stringify(rest)));
}

/** Blobs to which the commit will not refer: of attempts that died, of runs given up, of the index before. */
async function findLeftovers(
  attempt: Attempt,
  segments: readonly Segment[],
): Promise<{ store: BlobStore; path: string }[]> {
  const { run, folder, parts, known, documents } = attempt;
  const { data, state } = documents.store;
  const leftovers: { store: BlobStore; path: string }[] = [];
  const sweep = async (store: BlobStore, prefix: string, kept: ReadonlySet<string>) => {
    for await (const path of store.list(prefix)) if (!kept.has(path)) leftovers.push({ store, path });
  };
  const restarted = run.attempt > 1 || run.abandoned.length > 0;
  if (restarted) {
    const kept = new Set(parts.parts.map(({ path }) => path));
    for (const below of [folder, ...run.abandoned]) await sweep(data, below, kept);
  }
  const referred = new Set(segments.map(({ path }) => path));
  if (restarted || known.some(({ path }) => !referred.has(path))) {
    await sweep(state, documents.paths.index, referred);
  }
  return leftovers;
}

const entries = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + segment.entries, 0);
