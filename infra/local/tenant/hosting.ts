import type { Hosting, SiteHost } from "./arm/hosting";
import { memoryHosting } from "./arm/testing";
import { serviceOfPort } from "./core/server/hosts";
import type { FetchApp } from "./core/types";
import type { IssuingTenant } from "./login/issuing-tenant";
import { TenantStorage } from "./storage";

/** What runs outside the tenant's own process: the storage emulator and the function apps. */
export class TenantHosting implements Hosting {
  readonly storage: TenantStorage;
  readonly sites: SiteHost;

  constructor(tenant: IssuingTenant) {
    this.storage = new TenantStorage(tenant);
    this.sites = memoryHosting().sites;
  }

  /** The app behind the name of a port that is a storage account's or a site's. */
  appOfPort(name: string): FetchApp | undefined {
    return serviceOfPort(name) === "storage" ? this.storage.appOfPort(name) : undefined;
  }

  /** Starts again what ran when the tenant was last stopped. */
  resume(): void {}

  /** For `tenant status`. */
  status(): { readonly storage: ReturnType<TenantStorage["status"]> } {
    return { storage: this.storage.status() };
  }

  /** Ends all processes; what they stored is kept. */
  async stop(): Promise<void> {
    await this.storage.stop();
  }

  /** Ends all processes and deletes what they stored. */
  async erase(): Promise<void> {
    await this.storage.erase();
  }
}
