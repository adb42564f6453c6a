/** One reading of a collection from its first page to its last, with what hangs on each object, resumable at every page. */
import { z } from "zod";
import type { GraphReader, Page } from "../../graph/client";
import { GraphError } from "../../graph/errors";
import type { RecordChange } from "../../model/record";
import type { StreamStep } from "../stream";
import {
  changesAtOnce,
  maximumRestarts,
  type PendingRead,
  pendingReadSchema,
  type RelationRead,
  type Restarts,
  relationRound,
} from "./relations";
import type { GraphObject } from "./shape";

/** How a collection is read. */
export interface Pass {
  /** Path of the first page with its query. */
  readonly from: string;
  /** The path is of one object, not of a collection. */
  readonly single?: true;
  readonly schema: z.ZodType<GraphObject>;
  /** The record of an object and what came inline with it. */
  changes(object: GraphObject): readonly RecordChange[];
  /** What is read by a request of its own for an object. */
  readonly relations: readonly RelationRead[];
  /** The objects that are left out, together with all that hangs on them. */
  skip?(object: GraphObject): boolean;
}

export const passPlaceSchema = z.object({
  /** Path or link of the next page; null when only relations of the last page are left. */
  next: z.string().nullable(),
  /** Relations of objects of the page before that have further pages. */
  pending: z.array(pendingReadSchema),
});

/** Where a pass goes on. */
export type PassPlace = z.output<typeof passPlaceSchema>;

/**
 * Runs passes one after the other from a place on.
 * @param savepoint Makes a savepoint of the place within a pass, or of the beginning of one
 * @param tolerate Says whether the run goes on without a pass that failed
 */
export async function* runPasses<Kind extends Pass>(
  graph: GraphReader,
  passes: readonly Kind[],
  start: { readonly index: number; readonly at: PassPlace | null },
  savepoint: (index: number, at: PassPlace | null) => StreamStep,
  tolerate?: (pass: Kind, error: unknown) => boolean,
): AsyncGenerator<StreamStep, void, undefined> {
  for (const [index, pass] of passes.entries()) {
    if (index < start.index) continue;
    const place = (index === start.index ? start.at : null) ?? { next: pass.from, pending: [] };
    try {
      yield* runPass(graph, pass, place, (at) => savepoint(index, at));
    } catch (error) {
      if (tolerate?.(pass, error) !== true) throw error;
    }
    yield savepoint(index + 1, null);
  }
}

/** So many relations with further pages may wait for the next page of objects, whose requests theirs then join. */
const mostWaiting = 200;

/**
 * Reads from a place to the end. A large group's next page of members is asked for together with those of the next page of
 * groups: nobody waits for the largest.
 * @param savepoint Makes a savepoint of a place
 * @throws GraphError
 */
async function* runPass(
  graph: GraphReader,
  pass: Pass,
  place: PassPlace,
  savepoint: (place: PassPlace) => StreamStep,
): AsyncGenerator<StreamStep, void, undefined> {
  let { next, pending } = place;
  const restarts: Restarts = new Map();
  for (let begun = 1; next !== null; begun += 1) {
    try {
      for await (const page of pagesOf(graph, pass, next)) {
        const reads = yield* contentOf(pass, page);
        pending = [...pending, ...reads];
        next = page.nextLink ?? null;
        do {
          pending = yield* relationRound(graph, pass.relations, pending, restarts);
          yield savepoint({ next, pending });
        } while (pending.length > mostWaiting);
      }
    } catch (error) {
      // A page token lives for minutes: whoever comes back later begins the pass again.
      if (!isExpired(error) || next === pass.from || begun > maximumRestarts) throw error;
      next = pass.from;
      pending = [];
    }
  }
  while (pending.length > 0) {
    pending = yield* relationRound(graph, pass.relations, pending, restarts);
    yield savepoint({ next, pending });
  }
}

/** An object of its own path is a page of one. */
async function* pagesOf(
  graph: GraphReader,
  { single, schema }: Pass,
  next: string,
): AsyncGenerator<Page<GraphObject>, void, undefined> {
  if (single) yield { items: [await graph.get(next, schema)], nextLink: undefined, deltaLink: undefined };
  else yield* graph.pages(next, schema);
}

export const isExpired = (error: unknown): boolean =>
  error instanceof GraphError && error.kind === "expired-link";

/** The records of a page. @returns the first requests for what hangs on its objects */
function* contentOf(
  pass: Pass,
  { items }: Page<GraphObject>,
): Generator<StreamStep, readonly PendingRead[], undefined> {
  let changes: RecordChange[] = [];
  const reads: PendingRead[] = [];
  for (const object of items) {
    if (pass.skip?.(object) === true) continue;
    for (const change of pass.changes(object)) changes.push(change);
    for (const [relation, { start }] of pass.relations.entries()) {
      const path = start(object);
      if (path !== undefined) reads.push({ parent: object.id, relation, path });
    }
    if (changes.length < changesAtOnce) continue;
    yield { kind: "records", changes };
    changes = [];
  }
  if (changes.length > 0) yield { kind: "records", changes };
  return reads;
}
