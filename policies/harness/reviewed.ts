/** What was reviewed for a stack: its lock file, or what the connectors say of themselves where there are no lock files. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { apiOfAppId, apiOfDisplayName } from "../../components/permissions/catalogue/find-api";
import { LockFileError, MissingLockError } from "../../components/permissions/lock/errors";
import { parseLock } from "../../components/permissions/lock/parse";
import type { ConnectorLock, Lock } from "../../components/permissions/lock/schema";
import type { ConnectorManifest } from "./manifest-output";

/** What was reviewed, or why there is nothing. */
export type Reviewed =
  | { readonly kind: "lock"; readonly file: string; readonly lock: Lock }
  | { readonly kind: "problem"; readonly culprit: string; readonly message: string }
  | { readonly kind: "no-folder"; readonly folder: string };

/**
 * Reads a stack's lock file.
 * @param lockDirectory folder of the lock files, seen from the pack's own, which is where the engine runs a pack
 */
export function reviewedPermissions(stack: string, lockDirectory: string): Reviewed {
  const folder = resolve(lockDirectory);
  if (!existsSync(folder)) return { kind: "no-folder", folder };
  const file = join(lockDirectory, `${stack}.json`).replace(/^(\.\.\/)+/, "");
  try {
    const path = join(folder, `${stack}.json`);
    if (!existsSync(path)) throw new MissingLockError(file);
    return { kind: "lock", file, lock: parseLock(readFileSync(path, "utf8"), file) };
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    const next = error.next.replace(/\.?$/, ".");
    return { kind: "problem", culprit: `${stack}.json`, message: `${error.message} ${next}` };
  }
}

/** What a connector was reviewed, or planned, to be, in the terms that a stack can be compared in. */
export interface ReviewedPermissions {
  /** Names to show, by `roleKey`. */
  readonly appRoles: ReadonlyMap<string, string>;
  /** Names to show, by template id. */
  readonly directoryRoles: ReadonlyMap<string, string>;
  readonly credentialKinds: ReadonlySet<string>;
}

export function reviewedInLock(connector: ConnectorLock): ReviewedPermissions {
  return {
    appRoles: new Map(
      connector.appRoles.map(({ api, role, id }) => [
        roleKey(apiOfDisplayName(api) ?? api, id),
        `${role} (${api})`,
      ]),
    ),
    directoryRoles: new Map(connector.directoryRoles.map(({ templateId, role }) => [templateId, role])),
    credentialKinds: new Set(connector.credentials.map(({ kind }) => kind)),
  };
}

export function plannedInManifest({
  apis,
  directoryRoles,
  credentials,
}: ConnectorManifest): ReviewedPermissions {
  return {
    appRoles: new Map(
      apis.flatMap(({ resourceAppId, displayName, roles }) =>
        roles.map(({ id, value }) => [
          roleKey(apiOfAppId(resourceAppId) ?? resourceAppId, id),
          `${value} (${displayName})`,
        ]),
      ),
    ),
    directoryRoles: new Map(directoryRoles.map(({ templateId, displayName }) => [templateId, displayName])),
    credentialKinds: new Set(credentials.map(({ kind }) => kind)),
  };
}

/** Tells permissions apart: the same id at another API is another permission. */
export function roleKey(api: string, id: string): string {
  return `${api} ${id.toLowerCase()}`;
}
