/** Ends a run: what was not yielded is named, one guarded write commits, leftovers are swept. */
import type { BlobStore } from "../storage/store";
import type { StreamEnd } from "../streams/stream";
import type { Attempt } from "./attempt";
import type { Commit } from "./documents";
import { entries } from "./key-index/extend-index";
import { findLeftovers } from "./leftovers";
import { manifestPath } from "./paths";

/**
 * Nothing is deleted before the commit is written: whoever was taken for dead and commits first has lost nothing, and
 * whoever comes second fails at the guard.
 * @throws ConditionFailedError when another instance committed
 */
export async function commitRun(attempt: Attempt, end: StreamEnd, now: Date): Promise<Commit> {
  const { documents, run, parts, ledger, progress } = attempt;
  await ledger.finish(end);
  await Promise.all([parts.flush(), ledger.flush()]);
  const before = documents.commit.value;
  const { segments, whole } = await ledger.index(before?.indexBase ?? 0, end);
  const { records, tombstones } = progress.figures();
  const base = run.kind === "full" && isEverything(attempt, end);
  const committedAt = now.toISOString();
  const commit: Commit = {
    version: 1,
    connector: documents.connector,
    stream: documents.stream,
    sequence: run.basedOn + 1,
    runId: run.runId,
    kind: run.kind,
    base,
    committedAt,
    records,
    tombstones,
    types: run.types,
    parts: parts.parts,
    previous: before === undefined ? null : before.parts.length > 0 ? before.manifest : before.previous,
    manifest: manifestPath(attempt.folder),
    checkpoint: end.checkpoint,
    baseAt: base || before === undefined ? committedAt : before.baseAt,
    index: segments,
    indexBase: whole ? entries(segments) : (before?.indexBase ?? 0),
  };
  if (before !== undefined) await publish(documents.store.data, before);
  const leftovers = await findLeftovers(attempt, segments);
  attempt.check();
  await documents.commit.write(commit);
  // The run is committed, whatever comes now: what can't be done here, the next run does.
  await publish(documents.store.data, commit)
    .then(() => leftovers.sweep())
    .catch(() => undefined);
  return commit;
}

/** Nothing that is known was left unread. */
function isEverything({ run }: Attempt, { read, wholly = [] }: StreamEnd): boolean {
  return read === "everything" || run.types.every(({ type }) => wholly.includes(type));
}

/**
 * Puts the manifest beside the parts. The run itself does it after its commit, and the next one makes sure before its
 * own, since its manifest points to this one.
 */
async function publish(data: BlobStore, commit: Commit): Promise<void> {
  const { manifest, checkpoint, baseAt, index, indexBase, ...rest } = commit;
  if (rest.parts.length > 0) await data.write(manifest, Buffer.from(JSON.stringify(rest)));
}
