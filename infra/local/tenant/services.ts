import { createArmApp } from "./arm";
import type { Hosting } from "./arm/hosting";
import { type AdminParts, createAdminApp } from "./core/admin";
import { batchItems } from "./core/faults";
import type { ServiceName } from "./core/server/hosts";
import type { FetchApp } from "./core/types";
import { createExchangeApp } from "./exchange";
import { createGraphApp } from "./graph";
import { createLoginApp } from "./login";
import type { IssuingTenant } from "./login/issuing-tenant";
import { createManagedIdentityApp } from "./login/managed-identity";
import { createMetadataApp } from "./login/metadata";
import { createManagementActivityApp } from "./management-activity";
import { createMonitorApp } from "./monitor";

/** Every service of the tenant but the vaults, which have ports of their own. */
export function createServices(
  tenant: IssuingTenant,
  admin: AdminParts,
  hosting: Hosting,
): Partial<Record<ServiceName, FetchApp>> {
  return {
    metadata: createMetadataApp(tenant),
    login: createLoginApp(tenant),
    msi: createManagedIdentityApp(tenant),
    graph: createGraphApp(tenant, {
      throttling: () => admin.conditions.current.throttling,
      batchFault: (method, path, query) => admin.faults.take({ service: batchItems, method, path, query }),
    }),
    arm: createArmApp(tenant, hosting),
    monitor: createMonitorApp(tenant),
    exchange: createExchangeApp(tenant),
    "office365-management": createManagementActivityApp(tenant, {
      throttling: () => admin.conditions.current.throttling,
    }),
    admin: createAdminApp(admin),
  };
}
