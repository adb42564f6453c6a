import { type ArmCall, type ArmContext, type ArmOperation, type ArmReply, list, ok, readable } from "../call";
import { resourceNotFound } from "../errors";
import { isWithin } from "../ids";
import type { Resource } from "../model";
import { startOperation } from "../operation-start";
import { requireGroup } from "../scope";
import { resourceBody } from "./body";
import type { Kind } from "./kind";
import { collectionPath, itemPath, nameIn, subscriptionCollectionPath } from "./paths";
import { removeResource } from "./remove";
import { pathOf, requireHolder, scopePath } from "./scope";
import { write } from "./write";

/** The operations of a type: read, list, write, change, delete, and what it has beyond those. */
export function operationsOf(kind: Kind): readonly ArmOperation[] {
  const { type } = kind;
  const [item, collection, everywhere] = [
    itemPath(kind),
    collectionPath(kind),
    subscriptionCollectionPath(kind),
  ];
  const everywhereOperation = {
    method: "GET",
    type,
    handle: (call: ArmCall) => listAll(call, kind),
  } as const;
  return [
    { method: "GET", path: item, type, action: `${type}/read`, handle: (call) => get(call, kind) },
    { method: "PUT", path: item, type, action: `${type}/write`, handle: (call) => write(call, kind, false) },
    { method: "PATCH", path: item, type, action: `${type}/write`, handle: (call) => write(call, kind, true) },
    ...(kind.implicit === true ? [] : [deletion(kind, item)]),
    { method: "GET", path: collection, type, handle: (call) => listBelow(call, kind) },
    ...(everywhere === undefined ? [] : [{ ...everywhereOperation, path: everywhere }]),
    ...(kind.operations ?? []),
  ];
}

function deletion(kind: Kind, path: string): ArmOperation {
  const { type } = kind;
  return { method: "DELETE", path, type, action: `${type}/delete`, handle: (call) => remove(call, kind) };
}

/** The resource of the path. @throws ArmError 404 */
export function requireResource(call: ArmCall, kind: Kind): Resource {
  requireHolder(call, kind);
  const found = call.resources.others.get(pathOf(call, kind).toLowerCase());
  if (found !== undefined) return found;
  throw resourceNotFound(`${kind.type}/${nameIn(call, kind)}`, call.param("resourceGroupName"));
}

function get(call: ArmCall, kind: Kind): ArmReply {
  const found = kind.implicit === true ? implicitResource(call, kind) : requireResource(call, kind);
  return ok(resourceBody(kind, { call, resource: found }));
}

/** One that is there with its defaults before it was ever written. */
function implicitResource(call: ArmCall, kind: Kind): Resource {
  const holder = requireHolder(call, kind);
  const path = pathOf(call, kind);
  return (
    call.resources.others.get(path.toLowerCase()) ?? {
      ...{ id: path.toLowerCase(), path, type: kind.type, name: nameIn(call, kind) },
      ...{ location: holder?.location, tags: {}, properties: {}, generated: {} },
      ...{ createdAt: holder?.createdAt ?? 0, modifiedAt: holder?.createdAt ?? 0 },
      createdBy: holder?.createdBy ?? "",
    }
  );
}

function listAll(call: ArmCall, kind: Kind): ArmReply {
  return list(readableResources(call, kind).map((resource) => resourceBody(kind, { call, resource })));
}

/** The resources of a type that the caller may read. */
function readableResources(call: ArmCall, kind: Kind): Resource[] {
  return readable(call, `${kind.type}/read`, call.resources.others.by("type", kind.type), ({ path }) => path);
}

function listBelow(call: ArmCall, kind: Kind): ArmReply {
  if (kind.implicit === true) return listImplicit(call, kind);
  const above = requireHolder(call, kind)?.path;
  const holder = kind.extension === true ? scopePath(call) : (above ?? groupPathOf(call));
  const found = readableResources(call, kind).filter(({ path }) => isDirectlyBelow(path, holder, kind));
  return list(found.map((resource) => resourceBody(kind, { call, resource })));
}

/** Those that are always there. */
function listImplicit(call: ArmCall, kind: Kind): ArmReply {
  const all = (kind.names ?? []).map((name) => {
    const named = (place: string) => (call.param(place) === "" ? name : call.param(place));
    return implicitResource({ ...call, param: named }, kind);
  });
  const shown = readable(call, `${kind.type}/read`, all, ({ path }) => path);
  return list(shown.map((resource) => resourceBody(kind, { call, resource })));
}

function groupPathOf(call: ArmCall): string {
  return requireGroup(call).id;
}

/** Locks and settings on a scope are listed with those above them or below; other types with those of their parent. */
function isDirectlyBelow(path: string, holder: string, kind: Kind): boolean {
  const scope = path.replace(new RegExp(`/providers/${kind.type}/[^/]+$`, "i"), "");
  if (kind.extension === true) return scope.toLowerCase() === holder.toLowerCase();
  return isWithin(path, holder);
}

async function remove(call: ArmCall, kind: Kind): Promise<ArmReply> {
  requireHolder(call, kind);
  const found = call.resources.others.get(pathOf(call, kind).toLowerCase());
  if (found === undefined) return { status: 204 };
  kind.checkRemoval?.(call, found);
  await removeResource(call as ArmContext, found);
  return kind.delete === undefined ? { status: 200 } : startOperation(call, { kind: kind.delete });
}
