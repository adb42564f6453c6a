/** What the directory checks when an application is written. */
import type { Application } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { badRequest, GraphError } from "../errors";
import { readInside } from "../odata/filter-evaluation";

/** Throws 400 or 409 when the application can't be stored as it is. */
export function checkApplication(directory: Directory, changed: Application, current?: Application): void {
  if (changed.displayName.length > 256)
    throw badRequest("Invalid value specified for property 'displayName' of resource 'Application'.");
  checkIdentifierUris(directory, changed);
  if (current !== undefined) checkRemovedPermissions(changed, current);
}

function checkIdentifierUris(directory: Directory, changed: Application): void {
  const uris = stringsOf(changed.properties.identifierUris);
  if (uris.length === 0) return;
  for (const other of directory.applications.values()) {
    if (other.id === changed.id) continue;
    if (stringsOf(other.properties.identifierUris).some((uri) => uris.includes(uri))) {
      throw new GraphError(
        400,
        "Request_MultipleObjectsWithSameKeyValue",
        "Another object with the same value for property identifierUris already exists.",
      );
    }
  }
}

/** A role or scope must be disabled in one request before it is removed in another. */
function checkRemovedPermissions(changed: Application, current: Application): void {
  for (const path of [["appRoles"], ["api", "oauth2PermissionScopes"]]) {
    const kept = new Set(permissionsOf(changed, path).map(({ id }) => id));
    const removed = permissionsOf(current, path).filter(({ id }) => !kept.has(id));
    if (removed.some(({ isEnabled }) => isEnabled !== false)) {
      throw new GraphError(
        400,
        "CannotDeleteOrUpdateEnabledEntitlement",
        "Property value cannot be deleted unless it is disabled first. Permission (scope or role) cannot be deleted or updated unless disabled first.",
      );
    }
  }
}

function permissionsOf(application: Application, path: readonly string[]) {
  const value = readInside(application.properties, path);
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return entries.map((entry) => ({
    id: readInside(entry, ["id"]),
    isEnabled: readInside(entry, ["isEnabled"]),
  }));
}

const stringsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
