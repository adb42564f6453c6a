/** What a delta query asks of each object, and the object as it is shown. */
import type { Entity } from "../../core/types";
import type { TrackedLink } from "../../directory/changes";
import type { Directory } from "../../directory/open";
import { render, selectedProperties } from "../odata/select";
import { ownsRegistration } from "../ownership";
import type { GraphRequest } from "../request";
import type { DeltaResource } from "./resources";

/** What is followed: properties, relations, objects. */
export interface Selection {
  /** Properties whose changes are shown. */
  readonly names: readonly string[];
  readonly links: readonly TrackedLink[];
  /** Only these objects; all when undefined. */
  readonly ids: readonly string[] | undefined;
  /** Whether the caller's permissions reach the object. */
  readonly includes: (entity: Entity) => boolean;
}

/** The selection of a `$select` list, which may name properties and relations; undefined: the default ones. */
export function selectionOf(
  request: GraphRequest,
  resource: DeltaResource,
  select: readonly string[] | undefined,
  ids: readonly string[] | undefined,
): Selection {
  const wanted = (select ?? []).map((name) => name.split("/")[0] ?? name);
  const properties = wanted.filter((name) => resource.type.properties[name] !== undefined);
  const names = selectedProperties(
    resource.type,
    { select: select === undefined ? undefined : properties.length === 0 ? ["id"] : properties, expand: [] },
    request,
  );
  return {
    names: names.includes("id") ? names : [...names, "id"],
    links:
      select === undefined ? resource.defaultLinks : resource.links.filter((link) => wanted.includes(link)),
    ids,
    includes: (entity) =>
      request.reach !== "owned" ||
      ("appId" in entity &&
        ownsRegistration(request.directory, request.caller.objectId, String(entity.appId))),
  };
}

/**
 * The object's properties. One that was never set is left out; one that a change set to null is null (page "user:
 * delta"). With `Prefer: return=minimal` only the changed ones are shown.
 */
export function shownObject(
  request: GraphRequest,
  resource: DeltaResource,
  selection: Selection,
  entity: Entity,
  changed?: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const minimal = changed !== undefined && request.minimal;
  const names = minimal
    ? selection.names.filter((name) => name === "id" || changed.has(name))
    : selection.names;
  const whole = render({ type: resource.type, entity }, { select: names, expand: [] }, request);
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(whole)) {
    if (value !== null || changed?.has(name) === true) shown[name] = value;
  }
  return shown;
}

/** An object that is gone: `changed` while it can be restored, `deleted` when it is gone for good. */
export const removedObject = (directory: Directory, id: string) => ({
  id,
  "@removed": { reason: directory.deletedItems.get(id) === undefined ? "deleted" : "changed" },
});
