import type { ArmCall } from "../call";
import type { Kind } from "./kind";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";

/** The namespace and the type names of a resource type. */
function partsOf({ type }: Pick<Kind, "type">): readonly [string, readonly string[]] {
  const [namespace = "", ...names] = type.split("/");
  return [namespace, names];
}

/** The path of a resource of the kind; its names are at the places `n0`, `n1`, … */
export function itemPath(kind: Kind): string {
  const [namespace, names] = partsOf(kind);
  const below = names.map((name, index) => `/${name}/{n${index}}`).join("");
  return `${kind.extension === true ? "/{scope}" : group}/providers/${namespace}${below}`;
}

/** The path of all resources of the kind in a group, or below their parent. */
export function collectionPath(kind: Kind): string {
  return itemPath(kind).replace(/\/\{n\d+\}$/, "");
}

/** The path of all resources of the kind in the subscription; only top-level types have one. */
export function subscriptionCollectionPath(kind: Kind): string | undefined {
  const [, names] = partsOf(kind);
  if (kind.extension === true || names.length > 1) return undefined;
  return `/subscriptions/{subscriptionId}/providers/${kind.type}`;
}

/** The resource's own name in a call on its path. */
export function nameIn(call: ArmCall, kind: Kind): string {
  return call.param(`n${partsOf(kind)[1].length - 1}`);
}

/** The id of what holds a resource: its path without the last type and name. */
export function parentPath(path: string): string {
  return path.replace(/\/[^/]+\/[^/]*$/, "");
}

/** Namespace, types and names of an id below its group or scope, or undefined when it names no resource. */
export function resourceType(path: string): string | undefined {
  const [, namespace, rest] = /^.*\/providers\/([^/]+)\/(.+)$/i.exec(path) ?? [];
  if (namespace === undefined || rest === undefined) return undefined;
  return [namespace, ...rest.split("/").filter((_, index) => index % 2 === 0)].join("/");
}
