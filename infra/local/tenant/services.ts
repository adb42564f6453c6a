import { createArmApp } from "./arm";
import { type AdminParts, createAdminApp } from "./core/admin";
import type { ServiceName } from "./core/server/hosts";
import type { FetchApp } from "./core/types";
import { createGraphApp } from "./graph";
import { createLoginApp } from "./login";
import type { IssuingTenant } from "./login/issuing-tenant";
import { createManagedIdentityApp } from "./login/managed-identity";
import { createMetadataApp } from "./login/metadata";

/** Every service of the tenant but the vaults, which have ports of their own. */
export function createServices(
  tenant: IssuingTenant,
  admin: AdminParts,
): Partial<Record<ServiceName, FetchApp>> {
  return {
    metadata: createMetadataApp(tenant),
    login: createLoginApp(tenant),
    msi: createManagedIdentityApp(tenant),
    graph: createGraphApp(tenant),
    arm: createArmApp(tenant),
    admin: createAdminApp(admin),
  };
}
