import { storageAccounts } from "../arm/storage";
import type { Collection, Entity, Tenant } from "../core/types";
import type { AzuriteClient } from "./azurite-client";

const day = 86_400_000;

/** How often it is looked whether a day of the tenant's time has passed, milliseconds of real time. */
const lookEvery = 1_000;

interface Sweep extends Entity {
  /** Tenant clock, milliseconds. */
  readonly at: number;
}

/**
 * Carries out the lifecycle rules of storage accounts once a day of the tenant's time: blobs whose last change is older
 * than a rule says are deleted. Only age since the last change and the name's prefix are looked at.
 */
export class Lifecycle {
  readonly #tenant: Tenant;
  readonly #client: AzuriteClient;
  readonly #sweeps: Collection<Sweep>;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<number> | undefined;

  constructor(tenant: Tenant, client: AzuriteClient) {
    this.#tenant = tenant;
    this.#client = client;
    this.#sweeps = tenant.store.collection<Sweep>("storageSweeps");
    this.#timer = setInterval(() => void this.#sweepIfDue(), lookEvery);
    this.#timer.unref();
  }

  /** Looks no more; what is under way is finished. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #sweepIfDue(): Promise<void> {
    const accounts = storageAccounts(this.#tenant).filter(({ expiry }) => expiry.length > 0);
    const now = this.#tenant.clock.now();
    if (accounts.length === 0 || this.#running !== undefined) return;
    const last = this.#sweeps.get("last")?.at;
    if (last === undefined || last > now) this.#sweeps.put({ id: "last", at: now });
    else if (now - last >= day) {
      this.#sweeps.put({ id: "last", at: now });
      this.#running = this.sweep().finally(() => {
        this.#running = undefined;
      });
      // The emulator may end meanwhile, with the tenant; the next day comes.
      await this.#running.catch(() => undefined);
    }
  }

  /** Deletes what is too old now; answers how many blobs there were. */
  async sweep(): Promise<number> {
    let deleted = 0;
    for (const { name: account, expiry } of storageAccounts(this.#tenant)) {
      for (const { prefix, days } of expiry) deleted += await this.#expire(account, prefix, days);
    }
    return deleted;
  }

  async #expire(account: string, prefix: string, days: number): Promise<number> {
    const [wanted = "", ...rest] = prefix.split("/");
    const containers = await this.#client.names(account, "blob");
    const before = this.#tenant.clock.now() - days * day;
    let deleted = 0;
    for (const container of containers.filter((name) => prefix === "" || matches(name, wanted, rest))) {
      for await (const { name, lastModified } of this.#client.blobs(account, container, rest.join("/"))) {
        if (lastModified >= before) continue;
        await this.#client.deleteBlob(account, container, name);
        deleted += 1;
      }
    }
    return deleted;
  }
}

/** A prefix begins with the container's name; without a slash that name may go on. */
function matches(container: string, wanted: string, rest: readonly string[]): boolean {
  return rest.length > 0 ? container === wanted : container.startsWith(wanted);
}
