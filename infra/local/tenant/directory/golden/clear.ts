import { isFirstParty } from "../first-party";
import type { Directory } from "../open";

/** Removes people, groups and applications; Microsoft's principals stay, and those with the application ids given. */
export function clearPeople(directory: Directory, keep: ReadonlySet<string>): void {
  const { servicePrincipals, applications } = directory;
  const gone = new Set<string>();
  for (const all of [directory.users, directory.groups]) {
    for (const { id } of [...all.values()]) {
      gone.add(id);
      all.delete(id);
    }
  }
  for (const principal of [...servicePrincipals.values()]) {
    if (isFirstParty(principal) || keep.has(principal.appId)) continue;
    gone.add(principal.id);
    servicePrincipals.delete(principal.id);
  }
  for (const { id, appId } of [...applications.values()]) if (!keep.has(appId)) applications.delete(id);
  for (const assignment of [...directory.appRoleAssignments.values()]) {
    if (gone.has(assignment.principalId) || gone.has(assignment.resourceId)) {
      directory.appRoleAssignments.delete(assignment.id);
    }
  }
  for (const assignment of [...directory.directoryRoleAssignments.values()]) {
    if (gone.has(assignment.principalId)) directory.directoryRoleAssignments.delete(assignment.id);
  }
  const hanging = [
    directory.memberships,
    directory.roleEligibilities,
    directory.permissionGrants,
    directory.registrations,
    directory.principalActivities,
    directory.riskyUsers,
    directory.riskyServicePrincipals,
    directory.devices,
    directory.administrativeUnits,
  ];
  for (const all of hanging) for (const { id } of [...all.values()]) all.delete(id);
}
