/** Relations of objects: inline with their pages as far as Graph shows them there, by requests of their own beyond that. */
import type { RecordChange } from "../../model/record";
import type { RelationKind } from "./directory-source";
import { edge } from "./edge";
import type { RelationRead } from "./relations";
import { type GraphObject, inlineRelated, relatedPageSchema } from "./shape";

/** What is left out of relations. */
export interface RelationOptions {
  /** Ids of users that are not collected. */
  readonly excluded: ReadonlySet<string>;
  readonly tolerate?: RelationRead["tolerate"];
  /** Objects of which nothing is shown inline. */
  readonly hidden?: (object: GraphObject) => boolean;
}

/** Related objects that Graph shows inline at most (page "Use query parameters", `$expand`). */
const inlineLimit = 20;

/** Reads a relation of every object. */
export function relationRead(
  collection: string,
  kind: RelationKind,
  { excluded, tolerate }: RelationOptions,
): RelationRead {
  const root = kind.beta === true ? `/beta${collection}` : collection;
  const again = (parentId: string) => `${root}/${parentId}/${kind.name}?$select=id&$top=999`;
  return {
    schema: relatedPageSchema,
    start: ({ id }) => again(id),
    again,
    change: (parentId, related) => (excluded.has(related.id) ? undefined : edge(kind, parentId, related)),
    ...(tolerate === undefined ? {} : { tolerate }),
  };
}

/** Reads a relation of those objects that may have more of it than their page shows. */
export function overflowRead(collection: string, kind: RelationKind, options: RelationOptions): RelationRead {
  const every = relationRead(collection, kind, options);
  return { ...every, start: (object) => (isWhole(kind, object, options) ? undefined : every.start(object)) };
}

/** The edges that a page shows of an object that has no more of them. */
export function inlineEdges(
  kind: RelationKind,
  object: GraphObject,
  options: RelationOptions,
): readonly RecordChange[] {
  if (!isWhole(kind, object, options)) return [];
  return (inlineRelated(object, kind.name) ?? [])
    .filter(({ id }) => !options.excluded.has(id))
    .map((related) => edge(kind, object.id, related));
}

function isWhole(kind: RelationKind, object: GraphObject, { hidden }: RelationOptions): boolean {
  return hidden?.(object) !== true && (inlineRelated(object, kind.name)?.length ?? 0) < inlineLimit;
}
