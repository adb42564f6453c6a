import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningFunctionApp } from "../../functions";
import { makePrivateDirectory } from "../core/files";
import type { IssuingTenant } from "../login/issuing-tenant";
import { IdentityHosts } from "../login/managed-identity";
import { activeDeployment } from "./deployments";
import type { PackageStore } from "./package-store";
import type { SiteSecrets } from "./secrets";
import type { DeclaredSite } from "./site";

/** What the runners of all sites share. */
export interface RunnerParts {
  readonly tenant: IssuingTenant;
  readonly packages: PackageStore;
  readonly secrets: SiteSecrets;
  /** The site as it is declared now. */
  readonly declared: (name: string) => DeclaredSite | undefined;
}

/** Worker processes a site may have here, whatever it may have on Azure. */
const mostInstances = 2;

/** Runs one site: starts and stops its function app so that it is what was declared and published. */
export class SiteRunner {
  readonly #parts: RunnerParts;
  readonly #name: string;
  #app: RunningFunctionApp | undefined;
  #fingerprint = "";
  #problem: string | undefined;
  #work: Promise<void> = Promise.resolve();
  #pending = 0;

  constructor(parts: RunnerParts, name: string) {
    this.#parts = parts;
    this.#name = name;
  }

  /** Brings the app to what is declared and published; one thing after the other. */
  refresh(anew = false): Promise<void> {
    return this.#then(async () => {
      const site = this.#parts.declared(this.#name);
      const fingerprint = site === undefined ? "" : this.#fingerprintOf(site);
      if (!anew && fingerprint === this.#fingerprint && this.#problem === undefined) return;
      await this.#stop();
      this.#fingerprint = fingerprint;
      if (site !== undefined) await this.#start(site);
    });
  }

  /** Ends the app. */
  stop(): Promise<void> {
    return this.#then(async () => {
      this.#fingerprint = "";
      await this.#stop();
    });
  }

  /** The app once what is under way is done; undefined when none runs. */
  async app(): Promise<RunningFunctionApp | undefined> {
    await this.#work;
    return this.#app;
  }

  /** The app as it is this moment. */
  get current(): RunningFunctionApp | undefined {
    return this.#app;
  }

  /** Whether it is being started or stopped. */
  get isBusy(): boolean {
    return this.#pending > 0;
  }

  /** Why no app runs although one should. */
  get problem(): string | undefined {
    return this.#problem;
  }

  #then(step: () => Promise<void>): Promise<void> {
    this.#pending += 1;
    this.#work = this.#work
      .then(step)
      .catch((error: unknown) => {
        this.#problem = error instanceof Error ? error.message : String(error);
      })
      .finally(() => {
        this.#pending -= 1;
      });
    return this.#work;
  }

  async #stop(): Promise<void> {
    const app = this.#app;
    this.#app = undefined;
    this.#problem = undefined;
    await app?.stop();
  }

  async #start(site: DeclaredSite): Promise<void> {
    const { tenant, packages, secrets } = this.#parts;
    if (site.stopped || activeDeployment(tenant.store, this.#name) === undefined) return;
    const zip = await packages.read(site.deployment);
    if (zip === undefined) return;
    const folder = siteFolder(tenant, this.#name);
    makePrivateDirectory(folder);
    const packageZip = join(folder, "package.zip");
    await writeFile(packageZip, zip, { mode: 0o600 });
    const { settings, directory } = { settings: site.settings, directory: tenant.settings.directory };
    const header = secrets.of(this.#name, site.life, "identity");
    new IdentityHosts(tenant.store).assign(header, site.principalIds);
    // Loaded with the first app: most commands of a tenant never run one.
    const { startFunctionApp } = await import("../../functions/index.js");
    this.#app = await startFunctionApp({
      ...{ name: site.name, folder, packageZip, settings },
      identity: { endpoint: `${tenant.settings.origin}/msi/token`, header },
      ...(site.keyVaultReferenceIdentity === undefined
        ? {}
        : { keyVaultReferenceIdentity: site.keyVaultReferenceIdentity }),
      vaultUri: (vault) => tenant.ports.origin(vault.toLowerCase()),
      masterKey: secrets.of(this.#name, site.life, "master"),
      functionKey: secrets.of(this.#name, site.life, "function"),
      caFile: join(directory, "ca.pem"),
      maximumInstances: Math.min(site.maximumInstances, mostInstances),
    });
  }

  /** Two declarations with one fingerprint run alike. */
  #fingerprintOf(site: DeclaredSite): string {
    const published = activeDeployment(this.#parts.tenant.store, this.#name)?.id;
    return createHash("sha256")
      .update(JSON.stringify([site, published]))
      .digest("hex");
  }
}

/** Folder of a site: its package, its log. */
function siteFolder(tenant: IssuingTenant, name: string): string {
  return join(tenant.settings.directory, "sites", name);
}

/** Deletes what a site left. */
export async function removeSiteFolder(tenant: IssuingTenant, name: string): Promise<void> {
  await rm(siteFolder(tenant, name), { recursive: true, force: true });
}
