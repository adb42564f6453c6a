import type { Json } from "../../../components/collector/function/model/json";
import type { RecordChange } from "../../../components/collector/function/model/record";
import { eventSettings } from "../../../components/collector/function/model/settings";
import type { Stream, StreamContext, StreamEnd } from "../../../components/collector/function/streams/stream";

/** What a store of changes knows after runs: type and key to data. */
export type Known = Map<string, object>;

/** The parts of a context that a test chooses. */
export type Choice = Pick<StreamContext, "graph"> & Partial<StreamContext>;

function contextOf(choice: Choice): StreamContext {
  return {
    checkpoint: undefined,
    resume: undefined,
    filters: { excludedServiceAccountGroups: [], skipOnPremisesGroups: false },
    signInActivity: false,
    activity: undefined,
    events: eventSettings.parse({}),
    isKnown: async () => false,
    now: () => new Date(),
    signal: new AbortController().signal,
    ...choice,
  };
}

export interface Result {
  readonly end: StreamEnd;
  readonly known: Known;
  readonly resyncs: readonly string[];
  readonly savepoints: readonly Json[];
  readonly changes: readonly RecordChange[];
}

/** Runs a stream and folds what it yields into what was known, as the runtime does. */
export async function runStream(stream: Stream, choice: Choice, before: Known = new Map()): Promise<Result> {
  const part = await takeSteps(stream, choice, Number.POSITIVE_INFINITY);
  if (part.end === undefined) throw new Error("A run without limit did not end.");
  return { ...part, end: part.end, known: fold(stream, before, part.changes, part.end) };
}

/** Runs a stream that is killed after so many steps, again and again, each time going on at its last savepoint. */
export async function runKilled(
  stream: Stream,
  choice: Choice,
  stepsEach: number,
  before: Known = new Map(),
): Promise<Result> {
  const changes: RecordChange[] = [];
  const resyncs: string[] = [];
  const savepoints: Json[] = [];
  let checkpoint = choice.checkpoint;
  for (let steps = stepsEach; ; steps += 1) {
    const resume = savepoints.at(-1);
    const part = await takeSteps(stream, { ...choice, checkpoint, resume }, steps);
    changes.push(...part.saved);
    resyncs.push(...part.resyncs);
    savepoints.push(...part.savepoints);
    if (resyncs.length > 0) checkpoint = undefined;
    if (part.end === undefined) continue;
    changes.push(...part.changes.slice(part.saved.length));
    return { end: part.end, known: fold(stream, before, changes, part.end), resyncs, savepoints, changes };
  }
}

interface Part extends Omit<Result, "end" | "known"> {
  readonly end: StreamEnd | undefined;
  /** Changes before the last savepoint. */
  readonly saved: readonly RecordChange[];
}

async function takeSteps(stream: Stream, choice: Choice, limit: number): Promise<Part> {
  const changes: RecordChange[] = [];
  const resyncs: string[] = [];
  const savepoints: Json[] = [];
  let saved = 0;
  const steps = stream.collect(contextOf(choice));
  const part = (end: StreamEnd | undefined): Part => ({
    end,
    changes,
    saved: changes.slice(0, saved),
    resyncs,
    savepoints,
  });
  for (let count = 0; count < limit; count += 1) {
    const step = await steps.next();
    if (step.done) return part(step.value);
    if (step.value.kind === "records") changes.push(...step.value.changes);
    else if (step.value.kind === "savepoint") {
      savepoints.push(JSON.parse(JSON.stringify(step.value.resume)));
      saved = changes.length;
    } else {
      if (count > 0) throw new Error("A resync came after other steps.");
      resyncs.push(step.value.reason);
    }
  }
  await steps.return({ checkpoint: null, read: "changes", degraded: [] });
  return part(undefined);
}

/** The state after a run: the last change of a key counts, a parent's tombstone takes its children along. */
function fold(stream: Stream, before: Known, changes: readonly RecordChange[], end: StreamEnd): Known {
  const known: Known = new Map(before);
  const seen = new Set<string>();
  for (const { type, key, data } of changes) {
    const name = `${type} ${key}`;
    seen.add(name);
    if (data !== null) known.set(name, data);
    else remove(stream, known, type, key);
  }
  for (const name of known.keys()) {
    const type = name.slice(0, name.indexOf(" "));
    const wholly = end.read === "everything" || end.wholly?.includes(type) === true;
    if (wholly && !seen.has(name)) known.delete(name);
  }
  dropOrphans(stream, known);
  return known;
}

function remove(stream: Stream, known: Known, type: string, key: string): void {
  known.delete(`${type} ${key}`);
  for (const child of stream.records.filter(({ parent }) => parent === type)) {
    for (const name of known.keys()) if (name.startsWith(`${child.type} ${key}/`)) known.delete(name);
  }
}

function dropOrphans(stream: Stream, known: Known): void {
  for (const { type, parent } of stream.records) {
    if (parent === undefined) continue;
    for (const name of known.keys()) {
      if (!name.startsWith(`${type} `)) continue;
      const [key = ""] = name.slice(type.length + 1).split("/");
      if (!known.has(`${parent} ${key}`)) known.delete(name);
    }
  }
}
