import { isActionAllowed } from "../../arm/access";
import type { Tenant } from "../../core/types";
import { permissionMismatch, StorageError } from "../errors";
import { blobPermissions } from "./blob";
import type { StorageRequest, StorageService } from "./permission";
import { queuePermissions } from "./queue";

export type { StorageRequest, StorageService } from "./permission";

/**
 * Refuses a principal whose roles on the container or queue, or above, don't allow the request.
 * @param accountId ARM id of the account
 * @throws StorageError 403 AuthorizationPermissionMismatch, 501 for an operation that is not served
 */
export function permit(
  tenant: Pick<Tenant, "store" | "replication">,
  principalId: string,
  accountId: string,
  service: StorageService,
  request: StorageRequest,
): void {
  const needed = service === "blob" ? blobPermissions(request) : queuePermissions(request);
  if (needed === undefined) {
    throw new StorageError(
      501,
      "NotImplemented",
      "The local tenant's storage does not serve this operation. Use single requests instead.",
    );
  }
  const scope = scopeOf(accountId, service, request.item);
  if (!needed.some(({ plane, action }) => isActionAllowed(tenant, principalId, scope, plane, action)))
    throw permissionMismatch();
}

function scopeOf(accountId: string, service: StorageService, item: string | undefined): string {
  if (item === undefined) return accountId;
  const collection = service === "blob" ? "blobServices/default/containers" : "queueServices/default/queues";
  return `${accountId}/${collection}/${item}`;
}
