/** Folds recorded changes into the objects of one page. */
import type { ChangeEntry, TrackedLink } from "../../directory/changes";
import type { GraphRequest } from "../request";
import { isLinked, mayReadMembers, type ShownLink, shownLink } from "./links";
import { removedObject, type Selection, shownObject } from "./object";
import type { DeltaResource } from "./resources";

/** Page rules of the service: objects, and members of all objects together. */
export const pageRules = { objects: 200, members: 1_000 } as const;

interface Folded {
  created: boolean;
  removed: boolean;
  readonly properties: Set<string>;
  readonly links: Map<TrackedLink, Map<string, string>>;
}

/** The page's objects, and the number of the last change that went into them. */
export interface ChangedPage {
  /** The objects as JSON. */
  readonly value: readonly string[];
  readonly after: number;
  readonly complete: boolean;
}

/** Reads changes after one number up to another until a page is full. */
export function changedPage(
  request: GraphRequest,
  resource: DeltaResource,
  selection: Selection,
  range: { readonly after: number; readonly until: number },
): ChangedPage {
  const objects = new Map<string, Folded>();
  let { after } = range;
  let links = 0;
  let complete = true;
  for (const entry of request.directory.changes.after(range.after)) {
    const number = Number(entry.id);
    if (number > range.until) break;
    if (concerns(entry, resource, selection)) {
      const isNew = !objects.has(entry.objectId);
      if ((isNew && objects.size === pageRules.objects) || links === pageRules.members) {
        complete = false;
        break;
      }
      if (entry.change === "linked") links += 1;
      fold(objects, entry);
    }
    after = number;
  }
  const value = [...objects].flatMap(([id, folded]) => {
    const shown = show(request, resource, selection, id, folded);
    return shown === undefined ? [] : [JSON.stringify(shown)];
  });
  return { value, after: complete ? range.until : after, complete };
}

function concerns(entry: ChangeEntry, resource: DeltaResource, { ids, names, links }: Selection): boolean {
  if (entry.type !== resource.tracked || ids?.includes(entry.objectId) === false) return false;
  if (entry.change === "linked") return entry.link !== undefined && links.includes(entry.link);
  if (entry.change !== "updated") return true;
  return entry.properties?.some((name) => names.includes(name)) === true;
}

function fold(objects: Map<string, Folded>, entry: ChangeEntry): void {
  const folded = objects.get(entry.objectId) ?? {
    created: false,
    removed: false,
    properties: new Set<string>(),
    links: new Map<TrackedLink, Map<string, string>>(),
  };
  objects.set(entry.objectId, folded);
  folded.created ||= entry.change === "created";
  folded.removed ||= entry.change === "removed" || entry.change === "purged";
  for (const name of entry.properties ?? []) folded.properties.add(name);
  if (entry.link === undefined || entry.targetId === undefined) return;
  const targets = folded.links.get(entry.link) ?? new Map<string, string>();
  folded.links.set(entry.link, targets);
  targets.set(entry.targetId, entry.targetType ?? "directoryObject");
}

/** A caller that sees only what it owns learns of the end of nothing else; of a purged object nobody knows the owner. */
function removed({ caller, directory, reach }: GraphRequest, id: string): unknown {
  if (reach !== "owned") return removedObject(directory, id);
  const kept = directory.deletedItems.get(id)?.object;
  const owners = kept !== undefined && "owners" in kept ? kept.owners : [];
  const isOwner = Array.isArray(owners) && owners.includes(caller.objectId);
  return isOwner ? removedObject(directory, id) : undefined;
}

/** The object as it is now, whatever the changes were: a later page never contradicts an earlier one. */
function show(
  request: GraphRequest,
  resource: DeltaResource,
  selection: Selection,
  id: string,
  folded: Folded,
): unknown {
  const entity = resource.collection(request.directory).get(id);
  if (entity === undefined) return removed(request, id);
  if (!selection.includes(entity)) return undefined;
  const changed = folded.created ? undefined : folded.properties;
  const links: Record<string, readonly ShownLink[]> = {};
  for (const [link, targets] of folded.links) {
    if (link === "members" && !mayReadMembers(request, entity)) continue;
    links[`${link}@delta`] = [...targets].map(([target, type]): ShownLink => {
      const shown = shownLink(type, target);
      return isLinked(request.directory, entity, link, target)
        ? shown
        : { ...shown, "@removed": { reason: "deleted" } };
    });
  }
  return { ...shownObject(request, resource, selection, entity, changed), ...links };
}
