/** One reading of a collection from its first page to its last, with what hangs on each object, resumable at every page. */
import { z } from "zod";
import type { GraphReader, Page } from "../../graph/client";
import { GraphError } from "../../graph/errors";
import type { RecordChange } from "../../model/record";
import type { StreamStep } from "../stream";
import {
  maximumRestarts,
  type PendingRead,
  pendingReadSchema,
  type RelationRead,
  readRelations,
} from "./relations";
import type { GraphObject } from "./shape";

/** How a collection is read. */
export interface Pass {
  /** Path of the first page with its query. */
  readonly from: string;
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

/**
 * Reads from a place to the end.
 * @param savepoint Yields the place so that a run that is stopped goes on there
 * @returns the delta link of the last page, where there is one
 * @throws GraphError
 */
async function* runPass(
  graph: GraphReader,
  pass: Pass,
  place: PassPlace,
  savepoint: (place: PassPlace) => StreamStep,
): AsyncGenerator<StreamStep, void, undefined> {
  let { next, pending } = place;
  if (pending.length > 0) yield* finishPage(graph, pass, pending, next, savepoint);
  for (let restarts = 0; next !== null; ) {
    try {
      for await (const page of graph.pages(next, pass.schema)) {
        yield* readPage(graph, pass, page, savepoint);
        next = page.nextLink ?? null;
      }
      return;
    } catch (error) {
      // A page token lives for minutes: whoever comes back later begins the pass again, once from each place.
      if (!isExpired(error) || next === pass.from || restarts === maximumRestarts) throw error;
      restarts += 1;
      next = pass.from;
      pending = [];
    }
  }
}

export const isExpired = (error: unknown): boolean =>
  error instanceof GraphError && error.kind === "expired-link";

async function* readPage(
  graph: GraphReader,
  pass: Pass,
  page: Page<GraphObject>,
  savepoint: (place: PassPlace) => StreamStep,
): AsyncGenerator<StreamStep, void, undefined> {
  const kept = pass.skip === undefined ? page.items : page.items.filter((object) => !pass.skip?.(object));
  yield { kind: "records", changes: kept.flatMap((object) => pass.changes(object)) };
  const first: PendingRead[] = [];
  for (const object of kept) {
    for (const [relation, { start }] of pass.relations.entries()) {
      const path = start(object);
      if (path !== undefined) first.push({ parent: object.id, relation, path });
    }
  }
  yield* finishPage(graph, pass, first, page.nextLink ?? null, savepoint);
}

async function* finishPage(
  graph: GraphReader,
  pass: Pass,
  reads: readonly PendingRead[],
  next: string | null,
  savepoint: (place: PassPlace) => StreamStep,
): AsyncGenerator<StreamStep, void, undefined> {
  yield* readRelations(graph, pass.relations, reads, (pending) => savepoint({ next, pending }));
  yield savepoint({ next, pending: [] });
}
