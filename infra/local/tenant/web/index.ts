/** Function apps: what was published runs in the local Functions host, at an address of its own. */
import type { HostedFunction, SiteHost } from "../arm/hosting";
import type { FetchApp } from "../core/types";
import type { IssuingTenant } from "../login/issuing-tenant";
import { IdentityHosts } from "../login/managed-identity";
import type { TenantStorage } from "../storage";
import { failUnfinished, openDeployments } from "./deployments";
import { createFrontAgent, createSiteFront } from "./front";
import { PackageStore } from "./package-store";
import { createScmApp } from "./scm";
import { SiteSecrets } from "./secrets";
import { declaredSite, siteNames } from "./site";
import { type RunnerParts, removeSiteFolder, SiteRunner } from "./site-runner";
import { SiteWatch } from "./watch";

/** What `tenant status` tells of a site. */
export interface SiteStatus {
  readonly name: string;
  readonly url: string;
  readonly state: string;
  /** Why it does not run although it should. */
  readonly problem?: string | undefined;
  readonly log?: string | undefined;
}

/** The sites of a tenant. */
export class TenantSites implements SiteHost {
  readonly #tenant: IssuingTenant;
  readonly #parts: RunnerParts;
  readonly #runners = new Map<string, SiteRunner>();
  readonly #watch: SiteWatch;
  readonly #agent = createFrontAgent();

  constructor(tenant: IssuingTenant, storage: TenantStorage) {
    this.#tenant = tenant;
    this.#parts = {
      tenant,
      packages: new PackageStore(tenant, storage),
      secrets: new SiteSecrets(tenant.settings.directory),
      declared: (name) => declaredSite(tenant, storage, name),
    };
    this.#watch = new SiteWatch(tenant.clock, {
      retry: () => this.#refreshWhere(({ problem }) => problem !== undefined, false),
      restart: () => this.#refreshWhere(({ current }) => current !== undefined, true),
    });
  }

  async open(site: string): Promise<void> {
    for (const name of portNames(site)) await this.#tenant.ports.open(name, this.appOfPort(name));
  }

  addresses(site: string): { readonly site: string; readonly scm: string } {
    const [front = "", scm = ""] = portNames(site).map((name) => hostOf(this.#tenant.ports.origin(name)));
    return { site: front, scm };
  }

  async close(site: string): Promise<void> {
    await this.#runners.get(site)?.stop();
    this.#runners.delete(site);
    const life = this.#parts.declared(site)?.life;
    if (life !== undefined)
      new IdentityHosts(this.#tenant.store).remove(this.#parts.secrets.of(site, life, "identity"));
    const deployments = openDeployments(this.#tenant.store);
    for (const { id } of [...deployments.by("site", site)]) deployments.delete(id);
    for (const name of portNames(site)) await this.#tenant.ports.close(name);
    await removeSiteFolder(this.#tenant, site);
  }

  refresh(site: string, anew = false): void {
    void this.#runner(site).refresh(anew);
  }

  keys(site: string): { readonly master: string; readonly function: string } {
    const life = this.#parts.declared(site)?.life ?? "";
    const { secrets } = this.#parts;
    return { master: secrets.of(site, life, "master"), function: secrets.of(site, life, "function") };
  }

  functions(site: string): readonly HostedFunction[] {
    return this.#runner(site).current?.functions() ?? [];
  }

  /** The app behind the name of a port: the site itself, or its SCM site. */
  appOfPort(name: string): FetchApp {
    const [service, site = ""] = name.split("/");
    if (service === "site")
      return createSiteFront(this.#agent, this.#runner(site), () => this.#parts.declared(site));
    return createScmApp({ ...this.#parts, published: (published) => this.refresh(published) }, site);
  }

  /** Starts every site again that ran when the tenant was stopped; what was being deployed then, failed. */
  resume(): void {
    failUnfinished(this.#tenant);
    for (const name of siteNames(this.#tenant)) this.refresh(name.toLowerCase());
  }

  status(): readonly SiteStatus[] {
    return siteNames(this.#tenant).map((name) => {
      const runner = this.#runner(name.toLowerCase());
      const app = runner.current?.state();
      const problem = app?.state === "failed" ? app.message : runner.problem;
      return {
        ...{ name, url: `https://${this.addresses(name.toLowerCase()).site}` },
        state: app?.state ?? "not running",
        ...(problem === undefined ? {} : { problem }),
        ...(runner.current === undefined ? {} : { log: runner.current.logFile }),
      };
    });
  }

  /** Ends all apps. */
  async stop(): Promise<void> {
    this.#watch.stop();
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
    await this.#agent.destroy();
  }

  /** Ends all apps and forgets them. */
  async erase(): Promise<void> {
    for (const name of siteNames(this.#tenant)) await this.close(name.toLowerCase());
  }

  #refreshWhere(wanted: (runner: SiteRunner) => boolean, anew: boolean): void {
    for (const runner of this.#runners.values())
      if (wanted(runner) && !runner.isBusy) void runner.refresh(anew);
  }

  #runner(site: string): SiteRunner {
    const found = this.#runners.get(site) ?? new SiteRunner(this.#parts, site);
    this.#runners.set(site, found);
    return found;
  }
}

function portNames(site: string): readonly string[] {
  return [`site/${site}`, `scm/${site}`];
}

function hostOf(origin: string | undefined): string {
  return origin === undefined ? "" : new URL(origin).host;
}
