import type { Directory } from "../directory/open";

/**
 * Whether a caller whose permission covers owned objects only may touch what a path names. An application counts as
 * owned when it or its service principal lists the caller among its owners, and likewise a service principal.
 * Objects that don't exist pass: the handler answers 404. Collections pass: the handler shows owned objects only.
 */
export function ownsTarget(
  directory: Directory,
  callerId: string,
  path: string,
  ids: readonly string[],
): boolean {
  const [id] = ids;
  if (id === undefined) return true;
  if (path.startsWith("/applications/")) {
    const application = directory.applications.get(id);
    return application === undefined || ownsRegistration(directory, callerId, application.appId);
  }
  if (path.startsWith("/servicePrincipals/")) {
    const principal = directory.servicePrincipals.get(id);
    return principal === undefined || ownsRegistration(directory, callerId, principal.appId);
  }
  if (path.startsWith("/directoryObjects/") || path.startsWith("/directory/deletedItems/")) {
    const kept = directory.deletedItems.get(id)?.object;
    const object = kept ?? directory.applications.get(id) ?? directory.servicePrincipals.get(id);
    return object === undefined || !("owners" in object) || isOwner(object.owners, callerId);
  }
  return false;
}

const isOwner = (owners: unknown, callerId: string): boolean =>
  Array.isArray(owners) && owners.includes(callerId);

/** Whether the caller owns the application with that appId or one of its principals. */
export function ownsRegistration(directory: Directory, callerId: string, appId: string): boolean {
  const objects = [
    ...directory.applications.by("appId", appId),
    ...directory.servicePrincipals.by("appId", appId),
  ];
  return objects.some((object) => object.owners.includes(callerId));
}
