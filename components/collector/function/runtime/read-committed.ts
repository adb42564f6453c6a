/** Reads what is committed, and nothing else: for reports, tests, and whoever takes the data further. */

import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import type { StreamName } from "../model/stream-names";
import type { CollectorStore } from "../storage/store";
import { parsed } from "./document";
import { commitSchema, type Manifest, manifestSchema } from "./documents";
import { statePaths } from "./paths";
import { parentKey, recordKinds } from "./record-kinds";

const lineSchema = z.object({
  /** Type and schema version: `user/1`. */
  schema: z.string(),
  type: z.string(),
  key: z.string(),
  op: z.enum(["upsert", "delete"]),
  /** Null for a delete. That it is an object suffices here: its properties are checked by whoever reads them. */
  data: z.custom<Readonly<Record<string, unknown>> | null>(
    (data) => typeof data === "object" && !Array.isArray(data),
    "The data of a record is an object, or null.",
  ),
});

/** One line of a committed part. */
export type CommittedRecord = z.output<typeof lineSchema>;

/** The last commit of a stream; undefined when there is none. @throws MalformedDocumentError */
export async function readCommit(store: CollectorStore, connector: string, stream: StreamName) {
  const path = statePaths(connector, stream).commit;
  const blob = await store.state.read(path);
  return blob && parsed(path, commitSchema, blob.bytes);
}

/**
 * Committed runs, oldest first, from the last one that wrote everything; or from what the retention rule left.
 */
export async function committedRuns(
  store: CollectorStore,
  connector: string,
  stream: StreamName,
): Promise<Manifest[]> {
  const commit = await readCommit(store, connector, stream);
  const runs: Manifest[] = [];
  for (let run: Manifest | undefined = commit; run !== undefined; ) {
    if (run.parts.length > 0) runs.push(run);
    run = run.base || run.previous === null ? undefined : await readManifest(store, run.previous);
  }
  return runs.reverse();
}

/** Every committed record in the order in which it was committed; a later one of the same key replaces it. */
export async function* readCommitted(
  store: CollectorStore,
  connector: string,
  stream: StreamName,
): AsyncGenerator<CommittedRecord, void, undefined> {
  for (const run of await committedRuns(store, connector, stream)) {
    for (const part of run.parts) {
      const blob = await store.data.readStream(part.path);
      if (blob !== undefined) yield* readLines(blob);
    }
  }
}

/**
 * What the tenant looks like after all committed records: by type, data by key. Holds it in memory.
 */
export async function readState(
  store: CollectorStore,
  connector: string,
  stream: StreamName,
): Promise<Map<string, Map<string, object>>> {
  const commit = await readCommit(store, connector, stream);
  const kinds = recordKinds(
    (commit?.types ?? []).map(({ parent, ...type }) => ({
      ...type,
      ...(parent !== undefined && { parent }),
    })),
  );
  /** By type, then by key of the parent, so that a parent's tombstone finds its children. */
  const families = new Map([...kinds.keys()].map((type) => [type, new Map<string, Map<string, object>>()]));
  const family = (type: string, key: string) => {
    const kind = kinds.get(type);
    return kind?.parent === undefined ? "" : parentKey(kind, key);
  };
  const bury = (type: string, key: string) => {
    for (const child of kinds.values()) {
      if (child.parent?.type !== type) continue;
      const children = families.get(child.type);
      if (child.hasChildren) for (const key2 of children?.get(key)?.keys() ?? []) bury(child.type, key2);
      children?.delete(key);
    }
  };
  for await (const { type, key, data } of readCommitted(store, connector, stream)) {
    const byParent = families.get(type) ?? new Map<string, Map<string, object>>();
    families.set(type, byParent);
    const siblings = byParent.get(family(type, key)) ?? new Map<string, object>();
    byParent.set(family(type, key), siblings);
    if (data === null) {
      siblings.delete(key);
      bury(type, key);
    } else siblings.set(key, data);
  }
  return new Map(
    [...families].map(([type, byParent]) => [
      type,
      new Map([...byParent.values()].flatMap((all) => [...all])),
    ]),
  );
}

async function readManifest(store: CollectorStore, path: string): Promise<Manifest | undefined> {
  const blob = await store.data.read(path);
  return blob && parsed(path, manifestSchema, blob.bytes);
}

/** Unpacked at once: each piece costs a turn of the event loop. */
const chunkSize = 256 * 1024;

const newline = 10;

/**
 * Lines end at a newline and nowhere else: texts of records may hold other separators. Each is made a text by itself: half
 * the time of splitting a long text.
 */
async function* readLines(blob: Readable): AsyncGenerator<CommittedRecord, void, undefined> {
  const gunzip = createGunzip({ chunkSize });
  blob.on("error", (error) => gunzip.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of blob.pipe(gunzip)) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let begin = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, begin)) {
      yield parseLine(bytes.toString("utf8", begin, end));
      begin = end + 1;
    }
    rest = bytes.subarray(begin);
  }
}

/** One line of a part. */
export const parseLine = (line: string): CommittedRecord => lineSchema.parse(JSON.parse(line));
