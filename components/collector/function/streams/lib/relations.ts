/** What hangs on objects: members, owners, assignments. Read for many objects at a time by `$batch`, page after page. */
import { z } from "zod";
import type { BatchGet, GraphReader } from "../../graph/client";
import { GraphError } from "../../graph/errors";
import type { RecordChange } from "../../model/record";
import type { StreamStep } from "../stream";
import type { GraphObject } from "./shape";

/** One relation of a kind of object. */
export interface RelationRead {
  readonly schema: z.ZodType<GraphObject>;
  /** Path of the first page for an object; undefined where there is nothing to ask for. */
  start(parent: GraphObject): string | undefined;
  /** Path of the first page by the object's id: for a page token that expired. */
  again(parentId: string): string;
  change(parentId: string, related: GraphObject): RecordChange | undefined;
  /** The object is gone since it was listed. */
  gone?(parentId: string): readonly RecordChange[];
  /** True when the refusal was taken note of and the run goes on without this part. */
  tolerate?(parentId: string, error: GraphError): boolean;
}

/** So many changes are handed on at a time: a page has thousands, and each is garbage once it is written. */
export const changesAtOnce = 200;

/** More often than this a page token does not expire by waiting but by itself. */
export const maximumRestarts = 3;

export const pendingReadSchema = z.object({
  parent: z.string(),
  /** Index of the relation in its pass. */
  relation: z.number().int(),
  path: z.string(),
});

/** A page of a relation that is still to be read. */
export type PendingRead = z.output<typeof pendingReadSchema>;

/** How often a relation of an object was begun again, by the path of its first page. */
export type Restarts = Map<string, number>;

/** Reads relations to their ends. @throws GraphError for what cannot be had: the whole run is then incomplete */
export async function* readRelations(
  graph: GraphReader,
  relations: readonly RelationRead[],
  reads: readonly PendingRead[],
): AsyncGenerator<StreamStep, void, undefined> {
  const restarts: Restarts = new Map();
  for (let left = reads; left.length > 0; ) left = yield* relationRound(graph, relations, left, restarts);
}

/** Reads one page of each relation. @returns the pages after those. @throws GraphError */
export async function* relationRound(
  graph: GraphReader,
  relations: readonly RelationRead[],
  reads: readonly PendingRead[],
  restarts: Restarts,
): AsyncGenerator<StreamStep, PendingRead[], undefined> {
  const left: PendingRead[] = [];
  for (const [index, relation] of relations.entries()) {
    const asked = reads.filter((read) => read.relation === index);
    if (asked.length > 0) yield* readRound(graph, relation, asked, left, restarts);
  }
  return left;
}

async function* readRound(
  graph: GraphReader,
  relation: RelationRead,
  asked: readonly PendingRead[],
  left: PendingRead[],
  restarts: Restarts,
): AsyncGenerator<StreamStep, void, undefined> {
  const round = new Round(asked);
  for await (const answer of graph.batch(round.requests(), relation.schema)) {
    const read = round.answered(answer.id);
    if (read === undefined) continue;
    if (answer.page === undefined) {
      const changes = afterError(relation, read, answer.error, left, restarts);
      if (changes.length > 0) yield { kind: "records", changes };
      continue;
    }
    let changes: RecordChange[] = [];
    for (const related of answer.page.items) {
      const change = relation.change(read.parent, related);
      if (change !== undefined) changes.push(change);
      if (changes.length < changesAtOnce) continue;
      yield { kind: "records", changes };
      changes = [];
    }
    if (changes.length > 0) yield { kind: "records", changes };
    if (answer.page.nextLink !== undefined) round.follow({ ...read, path: answer.page.nextLink });
  }
  left.push(...round.left());
}

/**
 * What is asked in one round. Further pages go before first pages that were not sent yet: the longest relation then ends
 * with the others and not after them. Those that come when all is sent are left for the next round.
 */
class Round {
  private readonly queue: PendingRead[];
  private readonly sent = new Map<string, PendingRead>();
  private count = 0;

  constructor(asked: readonly PendingRead[]) {
    this.queue = [...asked];
  }

  *requests(): Generator<BatchGet, void, undefined> {
    for (let read = this.queue.shift(); read !== undefined; read = this.queue.shift()) {
      const id = String(this.count++);
      this.sent.set(id, read);
      yield { id, path: read.path };
    }
  }

  /** The read of an answer; undefined when it was answered before. */
  answered(id: string): PendingRead | undefined {
    const read = this.sent.get(id);
    this.sent.delete(id);
    return read;
  }

  follow(read: PendingRead): void {
    this.queue.unshift(read);
  }

  /** @throws GraphError when something was not answered */
  left(): readonly PendingRead[] {
    if (this.sent.size === 0) return this.queue;
    throw new GraphError("malformed", `Graph left ${this.sent.size} requests of a batch without an answer.`);
  }
}

function afterError(
  relation: RelationRead,
  read: PendingRead,
  error: Error | undefined,
  left: PendingRead[],
  restarts: Restarts,
): readonly RecordChange[] {
  if (!(error instanceof GraphError))
    throw error ?? new GraphError("malformed", "Graph's batch gave no page.");
  if (error.kind === "not-found") return relation.gone?.(read.parent) ?? [];
  const again = relation.again(read.parent);
  const restarted = restarts.get(again) ?? 0;
  if (error.kind === "expired-link" && again !== read.path && restarted < maximumRestarts) {
    restarts.set(again, restarted + 1);
    left.push({ ...read, path: again });
    return [];
  }
  if (relation.tolerate?.(read.parent, error) === true) return [];
  throw error;
}
