import type { Hosting } from "./arm/hosting";
import { serviceOfPort } from "./core/server/hosts";
import type { FetchApp } from "./core/types";
import type { IssuingTenant } from "./login/issuing-tenant";
import { telemetryCounts } from "./monitor";
import { TenantStorage } from "./storage";
import { type SiteStatus, TenantSites } from "./web";

/** What `tenant status` tells of storage and sites. */
export interface HostingStatus {
  readonly storage: ReturnType<TenantStorage["status"]>;
  readonly sites: readonly SiteStatus[];
  /** Telemetry items that each Application Insights component got. */
  readonly telemetry: Readonly<Record<string, number>>;
}

/** What runs outside the tenant's own process: the storage emulator and the function apps. */
export class TenantHosting implements Hosting {
  readonly storage: TenantStorage;
  readonly sites: TenantSites;
  readonly #tenant: IssuingTenant;

  constructor(tenant: IssuingTenant) {
    this.#tenant = tenant;
    this.storage = new TenantStorage(tenant);
    this.sites = new TenantSites(tenant, this.storage);
  }

  /** The app behind the name of a port that is a storage account's or a site's. */
  appOfPort(name: string): FetchApp | undefined {
    const service = serviceOfPort(name);
    if (service === "storage") return this.storage.appOfPort(name);
    return service === "site" || service === "scm" ? this.sites.appOfPort(name) : undefined;
  }

  /** Starts again what ran when the tenant was last stopped. */
  resume(): void {
    this.sites.resume();
  }

  status(): HostingStatus {
    return {
      storage: this.storage.status(),
      sites: this.sites.status(),
      telemetry: telemetryCounts(this.#tenant),
    };
  }

  /** Ends all processes; what they stored is kept. */
  async stop(): Promise<void> {
    await this.sites.stop();
    await this.storage.stop();
  }

  /** Ends all processes and deletes what they stored. */
  async erase(): Promise<void> {
    await this.sites.erase();
    await this.storage.erase();
  }
}
