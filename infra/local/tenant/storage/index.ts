/** Storage accounts: Azurite, Microsoft's own emulator, behind a proxy that checks tokens and role assignments. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Agent } from "undici";
import type { StorageHost, StorageService } from "../arm/hosting";
import { storageAccounts } from "../arm/storage";
import type { FetchApp, Tenant } from "../core/types";
import { createStorageApp, type StorageParts } from "./app";
import { Azurite } from "./azurite";
import { AzuriteClient } from "./azurite-client";
import { AzuriteToken } from "./azurite-token";
import { Lifecycle } from "./lifecycle";

const services = ["blob", "queue"] as const;

/** The storage of a tenant. One emulator serves all accounts; each service of an account has a port of its own. */
export class TenantStorage implements StorageHost {
  readonly client: AzuriteClient;
  readonly #lifecycle: Lifecycle;
  readonly #parts: StorageParts;

  constructor(tenant: Tenant) {
    const { directory } = tenant.settings;
    const azurite = new Azurite(directory);
    const token = new AzuriteToken(tenant.settings);
    const ca = readFileSync(join(directory, "ca.pem"), "utf8");
    const agent = new Agent({ connect: { ca }, connections: 128, keepAliveTimeout: 60_000 });
    this.#parts = { tenant, azurite, token, agent };
    this.client = new AzuriteClient(azurite, token, agent);
    this.#lifecycle = new Lifecycle(tenant, this.client);
  }

  async open(account: string): Promise<void> {
    const { ports } = this.#parts.tenant;
    // Started now, awaited by what first needs it.
    this.#parts.azurite.origins().catch(() => undefined);
    for (const service of services) await ports.open(portName(account, service), this.#app(account, service));
  }

  endpoints(account: string): Readonly<Record<StorageService, string>> {
    const { ports } = this.#parts.tenant;
    const root = (service: StorageService) => `${ports.origin(portName(account, service)) ?? ""}/${account}/`;
    return { blob: root("blob"), queue: root("queue") };
  }

  async close(account: string): Promise<void> {
    for (const service of services) {
      await this.#parts.tenant.ports.close(portName(account, service));
      for (const name of await this.client.names(account, service))
        await this.client.delete(account, service, name);
    }
  }

  /** The app behind the name of a port, for a tenant that starts again. */
  appOfPort(name: string): FetchApp {
    const [, account = "", service] = name.split("/");
    return this.#app(account, service === "queue" ? "queue" : "blob");
  }

  async items(account: string, service: StorageService) {
    const names = await this.client.names(account, service);
    const items = await Promise.all(names.map((name) => this.client.item(account, service, name)));
    return items.flatMap((item) => item ?? []);
  }

  item(account: string, service: StorageService, name: string) {
    return this.client.item(account, service, name);
  }

  put(account: string, service: StorageService, name: string, metadata: Readonly<Record<string, string>>) {
    return this.client.put(account, service, name, metadata);
  }

  delete(account: string, service: StorageService, name: string) {
    return this.client.delete(account, service, name);
  }

  /** For `tenant status`: the accounts, and whether the emulator runs. */
  status(): { readonly accounts: readonly string[]; readonly running: boolean } {
    const accounts = storageAccounts(this.#parts.tenant).map(({ name }) => name);
    return { accounts, running: this.#parts.azurite.isRunning };
  }

  /** Ends the emulator; data is kept. */
  async stop(): Promise<void> {
    await this.#lifecycle.stop();
    await this.#parts.azurite.stop();
    await this.#parts.agent.destroy();
  }

  /** Ends the emulator and deletes all data. */
  erase(): Promise<void> {
    return this.#parts.azurite.erase();
  }

  #app(account: string, service: StorageService): FetchApp {
    return createStorageApp(this.#parts, account, service);
  }
}

function portName(account: string, service: StorageService): string {
  return `storage/${account}/${service}`;
}
