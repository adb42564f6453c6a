/** Resource ids in the casing that Azure returns. Ids compare without regard to case. */

/** `/subscriptions/{subscription}` */
export function subscriptionPath(subscription: string): string {
  return `/subscriptions/${subscription}`;
}

/** `/subscriptions/{subscription}/resourceGroups/{name}` */
export function resourceGroupPath(subscription: string, name: string): string {
  return `${subscriptionPath(subscription)}/resourceGroups/${name}`;
}

/** The id of a resource: its group's path, the type with namespace, the name. */
export function resourcePath(
  subscription: string,
  resourceGroup: string,
  type: string,
  name: string,
): string {
  return `${resourceGroupPath(subscription, resourceGroup)}/providers/${type}/${name}`;
}

/** Whether a scope is another one or lies below it; `/` holds everything. */
export function isWithin(scope: string, ancestor: string): boolean {
  const [inner, outer] = [scope, ancestor].map((path) => `${path.toLowerCase().replace(/\/+$/, "")}/`);
  return inner !== undefined && outer !== undefined && inner.startsWith(outer);
}
