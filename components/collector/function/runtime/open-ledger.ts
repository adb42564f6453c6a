/** The ledger of an attempt: of objects or of events, as the stream's record types say. */
import type { Stream } from "../streams/stream";
import type { Savepoint } from "./documents";
import { EventIndex } from "./event-index/event-index";
import { EventLedger } from "./event-index/event-ledger";
import { IndexWriter } from "./key-index/index-writer";
import { KeyTable } from "./key-index/key-table";
import type { Ledger } from "./ledger";
import { ObjectLedger } from "./object-ledger";
import type { PartWriter } from "./part-writer";
import { recordKinds } from "./record-kinds";
import type { StreamDocuments } from "./stream-documents";

/** Whether what the stream yields happens once, and is never read again when it is old. */
export const isOfEvents = ({ records }: Stream): boolean => records.every(({ event }) => event === true);

export function openLedger(
  stream: Stream,
  documents: StreamDocuments,
  run: Savepoint,
  parts: PartWriter,
): Ledger {
  const { state } = documents.store;
  const { attempt } = run;
  const kinds = recordKinds(stream.records);
  const types = stream.records.map(({ type }) => type);
  const folder = `${documents.paths.index}${run.runId}/`;
  const known = documents.commit.value?.index ?? [];
  if (isOfEvents(stream)) {
    const index = new EventIndex(state, folder, attempt, known, run.index);
    return new EventLedger(kinds, parts, index, { state, folder, attempt, committed: known });
  }
  const fresh = documents.commit.value === undefined && run.resume === undefined;
  return new ObjectLedger(
    { state, folder, attempt, types, kinds, known, before: run.index },
    parts,
    new IndexWriter(state, folder, attempt, types, run.index),
    fresh ? new KeyTable() : undefined,
    run.kind === "full",
  );
}
