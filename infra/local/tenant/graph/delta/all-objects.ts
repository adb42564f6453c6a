/** The pages of a first round: every object there is, with its members. */
import type { Collection, Entity } from "../../core/types";
import { projectionOf } from "../odata/projection";
import type { GraphRequest } from "../request";
import { pageRules } from "./changed-objects";
import { mayReadMembers, membersFrom, smallLinks } from "./links";
import type { Selection } from "./object";
import type { DeltaResource } from "./resources";
import type { FullPage } from "./token";

/** A page's objects, and where the next page begins; undefined when this was the last. */
export interface ObjectPage {
  /** The objects as JSON. */
  readonly value: readonly string[];
  readonly next: FullPage | undefined;
  /** The place before the last object of this page: a next page that begins here shows that object again. */
  readonly beforeLast: number;
}

/** At most `limit` objects from the place on. */
export function objectPage(
  request: GraphRequest,
  resource: DeltaResource,
  selection: Selection,
  place: FullPage,
  limit: number,
): ObjectPage {
  const collection = resource.collection(request.directory);
  const value: string[] = [];
  const project = projectionOf(resource.type, selection.names, { sparse: true });
  let { position } = place;
  let beforeLast = position;
  let left: number = pageRules.members;
  const page = (next: FullPage | undefined): ObjectPage => ({ value, next, beforeLast });
  const arrived = request.tenant.replication.visible("lists", collection.lastCreatedAt);
  for (const entity of candidates(collection, position, selection)) {
    const at = collection.position(entity.id) ?? 0;
    if (at > place.end) break;
    const createdAt = arrived ? 0 : collection.times(entity.id)?.createdAt;
    if (isShown(request, createdAt, selection, entity)) {
      // A page without objects leads to where it stood itself, maybe within the members of one.
      const member = value.length === 0 ? place.member : undefined;
      if (value.length === limit || left === 0) return page({ ...place, position, member });
      const start = value.length === 0 ? (place.member ?? 0) : 0;
      const slice = linksOf(request, resource, selection, entity, start, left);
      left -= slice.count;
      value.push(withLinks(project(entity, request.directory), slice.links));
      // The object is not done: the next page begins with it again.
      if (slice.rest !== undefined) return page({ ...place, position, member: slice.rest });
      beforeLast = position;
    }
    position = at;
  }
  return page(undefined);
}

const withLinks = (json: string, links: LinkSlice["links"]): string =>
  links.length === 0 ? json : `${json.slice(0, -1)},${links.join(",")}}`;

/** Objects after a place; only the ones asked for where a filter names them. */
function candidates(collection: Collection<Entity>, position: number, { ids }: Selection): Iterable<Entity> {
  if (ids === undefined) return collection.after(position);
  const placed = ids.flatMap((id) => {
    const entity = collection.get(id);
    const at = collection.position(id) ?? 0;
    return entity === undefined || at <= position ? [] : [{ entity, at }];
  });
  return placed.sort((left, right) => left.at - right.at).map(({ entity }) => entity);
}

function isShown(
  { tenant }: GraphRequest,
  createdAt: number | undefined,
  { includes }: Selection,
  entity: Entity,
): boolean {
  if (!includes(entity)) return false;
  return tenant.replication.visible("lists", createdAt ?? 0);
}

interface LinkSlice {
  /** Each relation as JSON, with its name. */
  readonly links: readonly string[];
  readonly count: number;
  readonly rest: number | undefined;
}

/** Owners come with the first part of the members. */
function linksOf(
  request: GraphRequest,
  resource: DeltaResource,
  selection: Selection,
  entity: Entity,
  start: number,
  limit: number,
): LinkSlice {
  const links: string[] = [];
  let count = 0;
  let rest: number | undefined;
  for (const link of selection.links) {
    if (link === "members") {
      if (!mayReadMembers(request, entity)) continue;
      const slice = membersFrom(request.directory, resource, entity, start, limit);
      rest = slice.rest;
      count = slice.members.length;
      if (count > 0) links.push(`"members@delta":[${slice.members.join(",")}]`);
    } else if (start === 0) {
      const shown = smallLinks(request.directory, entity, link);
      if (shown.length > 0) links.push(`"${link}@delta":${JSON.stringify(shown)}`);
    }
  }
  return { links, count, rest };
}
