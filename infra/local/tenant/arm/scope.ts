import type { ArmCall } from "./call";
import { ArmError, resourceGroupNotFound, retrySoon } from "./errors";
import { resourceGroupPath } from "./ids";
import type { ResourceGroup } from "./model";

/** The scope on which an operation's action is needed: the path of the resource, or of what holds the collection. */
export function scopeOf(pattern: string, call: ArmCall): string {
  const cut = pattern.endsWith("}") ? pattern : holderOf(pattern);
  return (
    cut.replace(/^\/\{scope\}|\{(\w+)\}/g, (_, place: string | undefined) => call.param(place ?? "scope")) ||
    "/"
  );
}

/** A verb or collection at the end belongs to the resource, or the scope, before it. */
function holderOf(pattern: string): string {
  return pattern.replace(/(\/providers\/[^/{}]+)?\/[a-zA-Z]+$/, "");
}

/**
 * Checks that the subscription of the path exists.
 * @throws ArmError 404
 */
export function checkSubscription(call: ArmCall): void {
  const subscription = call.param("subscriptionId");
  if (subscription !== "" && subscription.toLowerCase() !== call.tenant.settings.subscriptionId) {
    throw new ArmError(404, "SubscriptionNotFound", `The subscription '${subscription}' could not be found.`);
  }
}

/** The resource group of the path. @throws ArmError 404 */
export function requireGroup(call: ArmCall): ResourceGroup {
  const name = call.param("resourceGroupName");
  const found = call.resources.resourceGroups.get(
    resourceGroupPath(call.param("subscriptionId"), name).toLowerCase(),
  );
  if (found === undefined) throw resourceGroupNotFound(name);
  return found;
}

/** The resource group of the path, to write into it. @throws ArmError 404, or 409 while it is being deleted. */
export function requireWritableGroup(call: ArmCall): ResourceGroup {
  const group = requireGroup(call);
  if (group.deletingSince === undefined) return group;
  throw new ArmError(
    409,
    "ResourceGroupBeingDeleted",
    `The resource group '${group.name}' is in deprovisioning state and cannot perform this operation.`,
    retrySoon,
  );
}
