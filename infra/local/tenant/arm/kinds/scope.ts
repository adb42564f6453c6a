import type { ArmCall } from "../call";
import { ArmError, resourceNotFound } from "../errors";
import { resourceGroupPath } from "../ids";
import type { Resource, Resources } from "../model";
import { requireGroup } from "../scope";
import type { Kind } from "./kind";
import { nameIn, parentPath, resourceType } from "./paths";

/** The id of the resource that a call is on, in the casing of what is stored above it. */
export function pathOf(call: ArmCall, kind: Kind): string {
  const name = fixedName(kind, nameIn(call, kind));
  const type = kind.type.split("/");
  if (kind.extension === true) return `${scopePath(call)}/providers/${kind.type}/${name}`;
  const group = requireGroup(call);
  let path = `${resourceGroupPath(group.subscriptionId, group.name)}/providers/${type[0]}`;
  for (const [index, typeName] of type.slice(1).entries()) {
    const given = index === type.length - 2 ? name : call.param(`n${index}`);
    path = `${path}/${typeName}/${given}`;
    path = call.resources.others.get(path.toLowerCase())?.path ?? path;
  }
  return path;
}

function fixedName({ names }: Kind, given: string): string {
  return names?.find((name) => name.toLowerCase() === given.toLowerCase()) ?? given;
}

/**
 * Checks that what a resource is in exists and answers it: the nearest stored resource above; undefined for a group.
 * @throws ArmError 404
 */
export function requireHolder(call: ArmCall, kind: Kind): Resource | undefined {
  checkFixedName(kind, nameIn(call, kind), call.param("resourceGroupName"));
  if (kind.extension === true) {
    requireScope(call.resources, scopePath(call));
    return undefined;
  }
  requireGroup(call);
  return storedAbove(call, kind);
}

/** A collection has no name in its path. */
function checkFixedName({ names, type }: Kind, name: string, group: string): void {
  if (names === undefined || name === "" || names.some((one) => one.toLowerCase() === name.toLowerCase()))
    return;
  throw resourceNotFound(`${type}/${name}`, group);
}

function storedAbove(call: ArmCall, kind: Kind): Resource | undefined {
  let above = parentPath(pathOf(call, kind));
  let type = resourceType(above);
  // A singleton such as `blobServices/default` is there with its account.
  while (type !== undefined && /\/[^/]+\/[^/]+\/default$/i.test(above) && type.split("/").length > 2) {
    above = parentPath(above);
    type = resourceType(above);
  }
  if (type === undefined) return undefined;
  const found = call.resources.others.get(above.toLowerCase());
  if (found !== undefined) return found;
  throw parentNotFound(kind.type, above);
}

function parentNotFound(type: string, above: string): ArmError {
  return new ArmError(
    404,
    "ParentResourceNotFound",
    `Failed to perform 'write' on resource(s) of type '${type.slice(type.indexOf("/") + 1)}', because the parent resource ` +
      `'${above}' could not be found.`,
  );
}

/** The scope of an extension's path, with its leading slash. */
export function scopePath(call: ArmCall): string {
  const scope = `/${call.param("scope").replace(/^\/+|\/+$/g, "")}`;
  return storedPath(call.resources, scope) ?? scope;
}

/** The id of what a scope names, in the casing of Azure, where it is something that is stored as a path. */
function storedPath(resources: Resources, scope: string): string | undefined {
  return resources.others.get(scope.toLowerCase())?.path;
}

/**
 * Checks that a scope exists: the subscription, a group, or a resource of any type. Parts of a resource, such as a
 * secret, a container or a queue, count as there with it.
 * @throws ArmError 404
 */
export function requireScope(resources: Resources, scope: string): void {
  const group = /^(\/subscriptions\/[^/]+\/resourceGroups\/([^/]+))(.*)$/i.exec(scope);
  if (group === null) return;
  const [, path = "", name = "", rest = ""] = group;
  if (resources.resourceGroups.get(path.toLowerCase()) === undefined) {
    throw new ArmError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
  }
  const [, type = "", resource = ""] = /^\/providers\/([^/]+\/[^/]+)\/([^/]+)/i.exec(rest) ?? [];
  if (resource !== "" && !isThere(resources, path, type, resource))
    throw resourceNotFound(`${type}/${resource}`, name);
}

function isThere(resources: Resources, group: string, type: string, name: string): boolean {
  const path = `${group}/providers/${type}/${name}`.toLowerCase();
  if (type.toLowerCase() === "microsoft.keyvault/vaults")
    return resources.vaults.get(name.toLowerCase()) !== undefined;
  return resources.identities.get(path) !== undefined || resources.others.get(path) !== undefined;
}
