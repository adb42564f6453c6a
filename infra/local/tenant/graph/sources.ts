/** Lists and single entities out of the store's collections. */
import type { Collection, Entity } from "../core/types";
import type { Directory } from "../directory/open";
import type { EntityType, Item } from "./entity-type";
import { notFound } from "./errors";
import { findObject } from "./objects";
import { list, type Source } from "./odata/list";
import { checkShape, render } from "./odata/select";
import { type GraphRequest, type GraphResponse, graphBase, idAt } from "./request";
import { directoryObjectType } from "./types/directory-object";

interface CollectionOptions<T> {
  /** Indexes of the collection whose name is the property that they find. */
  readonly indexed?: readonly string[];
  /** Which entities belong to the list; all when absent. */
  readonly where?: (entity: T) => boolean;
}

/** All entities of a collection that have reached the lists: a new one is found by its id first. */
export function collectionSource<T extends Entity>(
  request: GraphRequest,
  collection: Collection<T>,
  type: EntityType,
  options: CollectionOptions<T> = {},
): Source {
  const { replication } = request.tenant;
  // Where the newest has reached the lists, the others have too.
  const arrived = replication.visible("lists", collection.lastCreatedAt);
  const isShown = (entity: T): boolean =>
    options.where?.(entity) !== false &&
    (arrived || replication.visible("lists", collection.times(entity.id)?.createdAt ?? 0));
  const shown = function* (entities: Iterable<T>): Generator<Item> {
    for (const entity of entities) if (isShown(entity)) yield { type, entity };
  };
  return {
    type,
    items: () => shown(collection.values()),
    from: (position) => shown(collection.after(position)),
    positionOf: ({ entity }) => collection.position(entity.id),
    fresh: ({ entity }) => {
      const current = collection.get(entity.id);
      return current === undefined ? undefined : { type, entity: current };
    },
    indexed: (property, value) =>
      options.indexed?.includes(property) ? shown(collection.by(property, value)) : undefined,
  };
}

/** A list of a fixed set of items, such as what hangs on one entity. */
export const fixedSource = (type: EntityType, items: () => Iterable<Item>, mixed = false): Source => ({
  type,
  items,
  mixed,
});

/** Direct members of a group or administrative unit, in order of joining. */
export const memberSource = (
  directory: Directory,
  containerId: string,
  includes: (member: Item) => boolean = () => true,
): Source => {
  const from = function* (position: number): Generator<Item> {
    for (const { memberId } of directory.memberships.byAfter("containerId", containerId, position)) {
      const member = findObject(directory, memberId);
      if (member !== undefined && includes(member)) yield member;
    }
  };
  return {
    type: directoryObjectType,
    items: () => from(0),
    from,
    positionOf: ({ entity }) => directory.memberships.position(`${containerId}:${entity.id}`),
    mixed: true,
  };
};

/** Pairs entities with their type. */
export function* itemsOf(type: EntityType, entities: Iterable<Entity>): Generator<Item> {
  for (const entity of entities) yield { type, entity };
}

/** The entity with that id, or 404. */
export function required<T extends Entity>(collection: Collection<T>, id: string): T {
  const entity = collection.get(id);
  if (entity === undefined) throw notFound(id);
  return entity;
}

/** The reply with one entity. */
export function show(request: GraphRequest, item: Item, status = 200, typed = false): GraphResponse {
  checkShape(item.type, request.query, request);
  const shape = status === 201 ? { select: undefined, expand: [] } : request.query;
  const body = {
    "@odata.context": `${graphBase(request)}/$metadata#${item.type.name}s/$entity`,
    ...render(item, shape, request, typed),
  };
  return { status, body };
}

/** Handler of GET on a collection. */
export const listOf =
  (source: (request: GraphRequest) => Source) =>
  (request: GraphRequest): GraphResponse =>
    list(request, source(request));

/** Handler of GET on one entity by the path's key. */
export const itemFrom =
  <T extends Entity>(collection: (request: GraphRequest) => Collection<T>, type: EntityType) =>
  (request: GraphRequest): GraphResponse =>
    show(request, { type, entity: required(collection(request), idAt(request)) });
