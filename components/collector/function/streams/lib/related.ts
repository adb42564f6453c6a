/** Requests for the relations of objects. */
import type { RelationKind } from "./directory-source";
import { edge, inlineLimit } from "./directory-source";
import type { RelationRead } from "./relations";
import { type GraphObject, inlineRelated, relatedObjectSchema } from "./shape";

interface Options {
  readonly excluded: ReadonlySet<string>;
  readonly tolerate?: RelationRead["tolerate"];
}

/** Reads a relation of every object. */
export function relationRead(collection: string, kind: RelationKind, options: Options): RelationRead {
  const root = kind.beta === true ? `/beta${collection}` : collection;
  const again = (parentId: string) => `${root}/${parentId}/${kind.name}?$select=id&$top=999`;
  return {
    schema: relatedObjectSchema,
    start: ({ id }) => again(id),
    again,
    change: (parentId, related) =>
      options.excluded.has(related.id) ? undefined : edge(kind, parentId, related),
    ...(options.tolerate === undefined ? {} : { tolerate: options.tolerate }),
  };
}

/** Reads a relation of those objects that have more of it than Graph shows inline. */
export function overflowRead(collection: string, kind: RelationKind, options: Options): RelationRead {
  const every = relationRead(collection, kind, options);
  const full = (object: GraphObject) => (inlineRelated(object, kind.name)?.length ?? 0) >= inlineLimit;
  return { ...every, start: (object) => (full(object) ? every.start(object) : undefined) };
}
