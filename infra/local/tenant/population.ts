import { join } from "node:path";
import { seedSubscription } from "./arm/seed";
import { defaultSeedSize, type SeedSize } from "./core/admin";
import { writePrivateFile } from "./core/files";
import type { DelayedReplication } from "./core/replication";
import type { ListeningPorts } from "./core/server/ports";
import type { Collection, Entity } from "./core/types";
import { openDirectory } from "./directory/open";
import { seedDirectory } from "./directory/seed";
import type { TenantHosting } from "./hosting";
import { createKeyVaultApp } from "./key-vault";
import type { IssuingTenant } from "./login/issuing-tenant";

interface Deployer extends Entity {
  readonly clientId: string;
  readonly objectId: string;
}

/** A tenant whose ports can be closed and opened all at once, and whose writes can be declared replicated. */
interface PopulatedTenant extends IssuingTenant {
  readonly ports: ListeningPorts;
  readonly replication: DelayedReplication;
}

/** What lives in the tenant: made at the first start, enlarged by seeding, made anew by a reset. */
export class Population {
  readonly #tenant: PopulatedTenant;
  readonly #deployers: Collection<Deployer>;
  readonly #hosting: TenantHosting;
  readonly #onProgress: (step: string) => void;

  constructor(
    tenant: PopulatedTenant,
    hosting: TenantHosting,
    onProgress: (step: string) => void = () => undefined,
  ) {
    this.#tenant = tenant;
    this.#hosting = hosting;
    this.#deployers = tenant.store.collection<Deployer>("deployer");
    this.#onProgress = onProgress;
  }

  /** Seeds an empty tenant; in one that was there before, serves its vaults, storage accounts and sites again. */
  async restore(size: SeedSize = defaultSeedSize): Promise<void> {
    if (this.#deployers.get("deployer") === undefined) await this.seed(size);
    await this.#tenant.ports.reopen(
      (name) => this.#hosting.appOfPort(name) ?? createKeyVaultApp(this.#tenant, name),
    );
    this.#hosting.resume();
  }

  /** Makes the directory of a size, and the deployer with its secret and its roles on the subscription. */
  async seed(size: SeedSize): Promise<void> {
    this.#onProgress(`making a directory of ${size.users} users and ${size.groups} groups`);
    const { deployer } = await seedDirectory(this.#tenant, size);
    await seedSubscription(this.#tenant, { principalId: deployer.objectId });
    this.#deployers.put({ id: "deployer", clientId: deployer.clientId, objectId: deployer.objectId });
    writePrivateFile(join(this.#tenant.settings.directory, "deployer-secret"), deployer.secret);
    this.#tenant.replication.settle();
    await this.#tenant.store.flush();
  }

  /** Forgets everything, moved clock and faults included, and begins as at the first start. */
  async reset(): Promise<void> {
    await this.#hosting.erase();
    await this.#tenant.ports.closeAll();
    this.#tenant.store.clear();
    await this.seed(defaultSeedSize);
  }

  deployer(): { readonly clientId: string; readonly objectId: string } {
    const { clientId = "", objectId = "" } = this.#deployers.get("deployer") ?? {};
    return { clientId, objectId };
  }

  counts(): Readonly<Record<string, number>> {
    const { users, groups, applications, servicePrincipals } = openDirectory(this.#tenant.store);
    return {
      users: users.size,
      groups: groups.size,
      applications: applications.size,
      servicePrincipals: servicePrincipals.size,
    };
  }
}
