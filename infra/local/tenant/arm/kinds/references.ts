import { badRequest } from "../errors";
import type { Resource, Resources } from "../model";
import { requireScope } from "./scope";

/**
 * The resource of a type that an id names.
 * @throws ArmError 400 naming the member that holds the id
 */
export function requireReference(resources: Resources, id: string, type: string, member: string): Resource {
  const found = resources.others.get(id.toLowerCase());
  if (found !== undefined && found.type === type) return found;
  throw badRequest(`The resource '${id}' referenced by ${member} was not found.`);
}

/**
 * Checks that what an id names exists, whatever its type.
 * @throws ArmError 404
 */
export function requireReferences(resources: Resources, ids: readonly string[]): void {
  for (const id of ids) requireScope(resources, id);
}
