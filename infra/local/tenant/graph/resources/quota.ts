import type { Directory } from "../../directory/open";
import { GraphError } from "../errors";

/** Page "Microsoft Entra service limits and restrictions": a tenant without a verified domain of its own holds 50,000 objects, one with 300,000. */
const maximumObjects = 300_000;

/** Throws 403 Directory_QuotaExceeded when the directory is full; deleted objects count a quarter. */
export function checkQuota(directory: Directory): void {
  const live = [
    directory.users,
    directory.groups,
    directory.applications,
    directory.servicePrincipals,
    directory.devices,
    directory.administrativeUnits,
  ].reduce((sum, collection) => sum + collection.size, 0);
  if (live + directory.deletedItems.size / 4 < maximumObjects) return;
  throw new GraphError(
    403,
    "Directory_QuotaExceeded",
    "The directory object quota limit for the Tenant has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.",
  );
}
