/** Decides what a run is: the unfinished one goes on, or a new one begins. */
import type { RecordType } from "../model/record";
import type { Commit, RunKind, Savepoint } from "./documents";
import { newRunId, runFolder } from "./paths";

const dayMilliseconds = 86_400_000;
const nothing = { records: 0, tombstones: 0, requests: 0, throttled: 0, retries: 0, milliseconds: 0 };

export interface RunRequest {
  readonly connector: string;
  readonly stream: string;
  readonly types: readonly RecordType[];
  /** What happened stays as it was written; what is old can't be read again. */
  readonly events: boolean;
  /** Read everything although a commit exists. */
  readonly resync: boolean;
  /** After so many days everything is written again, before the retention rule deletes what is needed; undefined: never. */
  readonly rewriteAfterDays: number | undefined;
  /** Do not go on with an unfinished run: its savepoint is of no use any more. */
  readonly afresh: boolean;
  readonly now: Date;
}

/** The savepoint to write before the attempt begins; its number of the attempt is one that no other has. */
export function planRun(
  request: RunRequest,
  commit: Commit | undefined,
  last: Savepoint | undefined,
): Savepoint {
  const basedOn = commit?.sequence ?? 0;
  if (last !== undefined && !request.afresh && isUsable(request, last, basedOn)) {
    return { ...last, attempt: last.attempt + 1 };
  }
  const startedAt = request.now.toISOString();
  return {
    version: 1,
    runId: newRunId(request.now),
    kind: kindOf(request, commit),
    basedOn,
    startedAt,
    attempt: 1,
    types: declared(request.types),
    parts: [],
    index: [],
    figures: nothing,
    unswept: last === undefined ? [] : unsweptAfter(request, commit, last),
    swept: false,
  };
}

/** Where the run before, and those before it, may have left parts that nothing refers to. */
function unsweptAfter(
  { connector, stream }: RunRequest,
  commit: Commit | undefined,
  last: Savepoint,
): Savepoint["unswept"] {
  const folder = runFolder(connector, stream, last.startedAt, last.runId);
  if (last.runId !== commit?.runId) return [...last.unswept, { folder, kept: [] }];
  const leftNothing = last.swept || (last.attempt === 1 && last.unswept.length === 0);
  if (leftNothing) return [];
  return [...last.unswept, { folder, kept: [commit.manifest, ...commit.parts.map(({ path }) => path)] }];
}

/** The record types as documents hold them. */
const declared = (types: readonly RecordType[]): Savepoint["types"] =>
  types.map(({ type, schemaVersion, parent }) => ({ type, schemaVersion, ...(parent && { parent }) }));

function isUsable({ types, resync, events }: RunRequest, last: Savepoint, basedOn: number): boolean {
  const readsLess = resync && !events && last.kind === "increment";
  return last.basedOn === basedOn && sameTypes(types, last.types) && !readsLess;
}

function kindOf(request: RunRequest, commit: Commit | undefined): RunKind {
  const { types, events, resync, rewriteAfterDays, now } = request;
  if (commit === undefined) return "full";
  if (events) return "increment";
  const age = now.getTime() - Date.parse(commit.baseAt);
  if (rewriteAfterDays !== undefined && age >= rewriteAfterDays * dayMilliseconds) return "full";
  // Records of another schema are written anew, so everything has to be read.
  return resync || !sameTypes(types, commit.types) ? "resync" : "increment";
}

function sameTypes(types: readonly RecordType[], others: Savepoint["types"]): boolean {
  return JSON.stringify(declared(types)) === JSON.stringify(others);
}
