import type { ArmCall, ArmOperation } from "./call";
import { ArmError } from "./errors";
import { isWithin } from "./ids";
import { parentPath } from "./kinds/paths";
import type { Resource } from "./model";

const type = "Microsoft.Authorization/locks";

/** The scope that a lock is on. */
function scopeOf({ path }: Resource): string {
  return parentPath(path).replace(/\/providers\/Microsoft\.Authorization$/i, "");
}

/**
 * Refuses what a lock forbids: CanNotDelete a deletion of its scope, of what holds it or of what is in it; ReadOnly every
 * change (page "Lock your resources to protect your infrastructure").
 * @throws ArmError 409 ScopeLocked
 */
export function refuseLocked(call: ArmCall, operation: ArmOperation, scope: string): void {
  const { method } = operation;
  if (operation.type === type || method === "GET" || method === "HEAD") return;
  const deletes = method === "DELETE";
  const locked = call.resources.others.by("type", type).flatMap((lock) => {
    if (!deletes && lock.properties.level !== "ReadOnly") return [];
    const place = scopeOf(lock);
    return isWithin(scope, place) || (deletes && isWithin(place, scope)) ? [place] : [];
  });
  if (locked.length === 0) return;
  const verb = deletes ? "delete" : "write";
  throw new ArmError(
    409,
    "ScopeLocked",
    `The scope '${scope}' cannot perform ${verb} operation because following scope(s) are locked: ` +
      `'${[...new Set(locked)].join(", ")}'. Please remove the lock and try again.`,
  );
}
