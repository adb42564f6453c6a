/** Rounds of a delta query: the first reads everything, each next one what changed since. */

import { badQuery, GraphError, unsupportedQuery } from "../errors";
import type { Filter } from "../odata/filter-syntax";
import { checkShape } from "../odata/select";
import { type GraphRequest, graphBase } from "../request";
import { replayed } from "./peculiarities";
import type { DeltaResource } from "./resources";
import type { DeltaState } from "./token";

/** A request on one resource's delta. */
export interface Round {
  readonly request: GraphRequest;
  readonly resource: DeltaResource;
}

const linkLifetime = 7 * 24 * 60 * 60 * 1000;
const pageLifetime = 12 * 60 * 60 * 1000;
const mostIds = 50;

/** Where a first round begins. Throws 400 for options that delta queries don't take. */
export function firstState({ request, resource }: Round): DeltaState {
  const { query, tenant, directory } = request;
  if (query.orderBy.length > 0) throw unsupportedQuery("$orderby is not supported with a delta query.");
  if (query.search !== undefined) throw unsupportedQuery("$search is not supported with a delta query.");
  const expanded = query.expand.map(({ navigation }) => navigation);
  if (!expanded.every((name) => resource.links.some((link) => link === name))) {
    throw unsupportedQuery("The query specified in the URI is not supported: $expand of a delta query.");
  }
  const unfollowed = query.select?.find((name) => name.split("/")[0] === "signInActivity");
  if (unfollowed !== undefined)
    throw unsupportedQuery(`The property ${unfollowed} is not tracked by delta queries.`);
  checkShape(resource.type, { select: query.select, expand: [] }, request);
  const select = query.select ?? (expanded.length > 0 ? ["id"] : undefined);
  const ids = query.filter === undefined ? undefined : idsOf(query.filter);
  return {
    resource: resource.path,
    generation: directory.changes.generation,
    ...(select !== undefined && { select: [...select, ...expanded] }),
    ...(ids !== undefined && { ids: [...ids] }),
    until: lastVisibleChange(request),
    page: 0,
    issuedAt: tenant.clock.now(),
    place: { kind: "full", position: 0, end: resource.collection(directory).lastPosition },
  };
}

/** Where the round after a link begins. */
export function nextState({ request }: Round, state: DeltaState): DeltaState {
  const { changes } = request.directory;
  const replay = state.place.kind === "link" ? state.place.replay : 0;
  return {
    ...state,
    until: Math.max(lastVisibleChange(request), state.until),
    page: 0,
    place: {
      kind: "changes",
      after: Math.max(state.until - replay, changes.floor),
      since: state.until,
    },
  };
}

/** The link that a finished round ends in. Nothing is replayed after a round in which nothing had changed. */
export function linkState(state: DeltaState): DeltaState {
  const changed = state.place.kind === "changes" && state.until > state.place.since;
  return { ...state, page: 0, place: { kind: "link", replay: changed ? replayed(state.until) : 0 } };
}

/** Throws 410 for a link that is too old or of an earlier tenant, 400 for such a page token. */
export function checkAge({ request, resource }: Round, state: DeltaState): DeltaState {
  const { changes } = request.directory;
  const isLink = state.place.kind === "link";
  const begin = state.place.kind === "changes" ? state.place.after : state.until;
  const age = request.tenant.clock.now() - state.issuedAt;
  const known = state.generation === changes.generation && begin >= changes.floor;
  if (known && age <= (isLink ? linkLifetime : pageLifetime)) return state;
  if (!isLink) {
    throw new GraphError(
      400,
      "Directory_ExpiredPageToken",
      "The specified page token value has expired and can no longer be included in your request.",
    );
  }
  const select = state.select === undefined ? "" : `&$select=${state.select.join(",")}`;
  throw new GraphError(
    410,
    "SyncStateNotFound",
    "The sync state generation is not found. The delta token is expired and data must be synchronized again.",
    { Location: `${graphBase(request)}${resource.path}/delta?$deltatoken=${select}` },
  );
}

/** Number of the last change that has reached the lists: changes are shown in order, so a later one waits. */
function lastVisibleChange({ directory, tenant }: GraphRequest): number {
  const { changes } = directory;
  for (let number = changes.last; number > changes.floor; number -= 1) {
    const madeAt = changes.madeAt(number);
    if (madeAt === undefined || tenant.replication.visible("lists", madeAt)) return number;
  }
  return changes.floor;
}

/** Ids of `id eq '…' or id eq '…'`, the only filter that delta queries take. */
function idsOf(filter: Filter): readonly string[] {
  const ids = idsIn(filter);
  if (ids === undefined) {
    throw unsupportedQuery("The filter of a delta query may only compare id with eq, joined by or.");
  }
  if (ids.length > mostIds) throw badQuery(`A delta query can follow at most ${mostIds} objects by id.`);
  return [...new Set(ids)];
}

function idsIn(filter: Filter): readonly string[] | undefined {
  if (filter.kind === "or") {
    const [left, right] = [idsIn(filter.left), idsIn(filter.right)];
    return left === undefined || right === undefined ? undefined : [...left, ...right];
  }
  if (filter.kind !== "compare" || filter.operator !== "eq" || filter.path.join("/") !== "id")
    return undefined;
  return typeof filter.value === "string" ? [filter.value.toLowerCase()] : undefined;
}
