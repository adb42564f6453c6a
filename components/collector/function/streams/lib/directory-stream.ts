/** A stream over a collection that Graph tracks the changes of: everything once, changes from then on. */
import { z } from "zod";
import { GraphError } from "../../graph/errors";
import type { RecordType } from "../../model/record";
import { readingWay } from "../reading-way";
import type { Stream, StreamContext, StreamEnd, StreamStep } from "../stream";
import { collectionPasses, untrackedPasses } from "./collection-passes";
import { latestDeltaLink, readDelta } from "./delta-pages";
import { type DirectorySource, deltaPath } from "./directory-source";
import { isExpired, type PassPlace, runPasses } from "./pass";
import type { Phase } from "./place";
import { maximumRestarts } from "./relations";
import { Run } from "./run";

/** The stream of a source. */
export function directoryStream(source: DirectorySource, records: readonly RecordType[]): Stream {
  return { name: source.name, records, collect: (context) => collect(source, context) };
}

async function* collect(
  source: DirectorySource,
  context: StreamContext,
): AsyncGenerator<StreamStep, StreamEnd, undefined> {
  const { run, start } = await Run.prepare(source, context);
  let phase: Phase;
  if (start.kind === "everything") {
    if (start.reason !== undefined) yield { kind: "resync", reason: start.reason };
    phase = await firstPhase(run);
    yield run.savepoint(phase);
  } else if (start.kind === "resume") {
    phase = start.resume.phase;
  } else {
    const { deltaLink } = start.checkpoint;
    phase = { name: "changes", from: deltaLink, next: deltaLink };
  }
  let untouched = start.kind !== "everything";
  while (phase.name !== "passes") {
    phase = yield* objects(run, phase, untouched);
    yield run.savepoint(phase);
    untouched = false;
  }
  const wholly = yield* follow(run, phase);
  return run.end(phase.deltaLink, wholly);
}

type ObjectsPhase = Exclude<Phase, { readonly name: "passes" }>;

async function firstPhase(run: Run): Promise<ObjectsPhase> {
  // Before the first page: what changes or disappears while pages are read is found by it.
  const [objects, catchUp] = await Promise.all([countOf(run), latestDeltaLink(run)]);
  const way = readingWay({ objects, relations: run.source.tracked.length });
  if (way === "delta") return { name: "delta", next: deltaPath(run.source, false) };
  return { name: "pages", catchUp, index: 0, at: null };
}

/** How many objects there are, where that decides something and Graph says it. */
async function countOf({ source, context }: Run): Promise<number | undefined> {
  if (source.tracked.length === 0) return undefined;
  try {
    return await context.graph.get(`${source.path}/$count`, z.number());
  } catch (error) {
    if (error instanceof GraphError && uncounted.has(error.kind)) return undefined;
    throw error;
  }
}

const uncounted: ReadonlySet<string> = new Set(["refused", "not-found", "not-offered", "malformed"]);

/**
 * Reads the objects of one phase and says what comes next.
 * @param untouched Nothing was yielded yet: only then may the run turn into a resync
 * @throws GraphError of kind `expired-link`: what was read is of no use, the run must begin afresh
 */
async function* objects(
  run: Run,
  phase: ObjectsPhase,
  untouched: boolean,
): AsyncGenerator<StreamStep, Phase, undefined> {
  if (phase.name === "pages") {
    const { catchUp } = phase;
    const savepoint = (index: number, at: PassPlace | null) =>
      run.savepoint({ name: "pages", catchUp, index, at });
    yield* runPasses(run.context.graph, collectionPasses(run), phase, savepoint);
    return { name: "changes", from: catchUp, next: catchUp };
  }
  if (phase.name === "changes") return yield* changes(run, phase, untouched);
  const deltaLink = yield* readDelta(run, phase.next, (next) => run.savepoint({ name: "delta", next }));
  return passesAfter(deltaLink);
}

const passesAfter = (deltaLink: string): Phase => ({ name: "passes", deltaLink, index: 0, at: null });

/** Expired page tokens lead back to the delta link, an expired delta link to a resync. */
async function* changes(
  run: Run,
  phase: Extract<Phase, { readonly name: "changes" }>,
  untouched: boolean,
): AsyncGenerator<StreamStep, Phase, undefined> {
  const { from } = phase;
  let { next } = phase;
  let progressed = !untouched;
  for (let restarts = 0; ; restarts += 1) {
    try {
      const deltaLink = yield* readDelta(run, next, (link) => {
        next = link;
        progressed = true;
        return run.savepoint({ name: "changes", from, next });
      });
      return passesAfter(deltaLink);
    } catch (error) {
      const lost = next === from && (progressed || run.read === "everything");
      if (!isExpired(error) || lost || restarts === maximumRestarts) throw error;
      if (next === from) break;
      next = from;
    }
  }
  run.startOver();
  yield { kind: "resync", reason: "The delta link has expired." };
  return await firstPhase(run);
}

/** The passes after the objects. @returns the types that were read wholly */
async function* follow(
  run: Run,
  phase: Extract<Phase, { readonly name: "passes" }>,
): AsyncGenerator<StreamStep, string[], undefined> {
  const { source, context, exclusions } = run;
  const passes = [...(source.following?.(context, exclusions) ?? []), ...untrackedPasses(source)].filter(
    ({ incrementsOnly }) => run.read === "changes" || !incrementsOnly,
  );
  const lacking = new Set<string>();
  yield* runPasses(
    context.graph,
    passes,
    phase,
    (index, at) => run.savepoint({ ...phase, index, at }),
    (pass, error) => {
      const degraded = pass.tolerate?.(error);
      if (degraded === undefined) return false;
      run.lacks(degraded);
      lacking.add(pass.type);
      return true;
    },
  );
  return passes.map(({ type }) => type).filter((type) => !lacking.has(type));
}
