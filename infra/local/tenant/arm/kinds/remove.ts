import type { ArmContext } from "../call";
import { isWithin } from "../ids";
import type { Resource } from "../model";
import { removeExtensionsWithin } from "../roles/assignment";
import { kindOf } from "./registry";

/** Removes a resource with all that is in it or on it, the innermost first. */
export async function removeResource(context: ArmContext, resource: Resource): Promise<void> {
  const { others } = context.resources;
  // Removed already, with what it was in.
  if (others.get(resource.id) === undefined) return;
  const inside = [...others.values()]
    .filter(({ path }) => isWithin(path, resource.path))
    .sort((one, two) => two.path.length - one.path.length);
  for (const one of inside) {
    await kindOf(one.type)?.removed?.(context, one);
    others.delete(one.id);
  }
  removeExtensionsWithin(context.resources, resource.path);
}
