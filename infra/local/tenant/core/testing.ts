import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MovableClock } from "./clock";
import { DelayedReplication, noDelays, type ReplicationDelays } from "./replication";
import { tenantSettings } from "./settings";
import { JournalledStore } from "./store";
import { apisOf, loadSigningKey, SignedTokens, type SigningKey } from "./tokens";
import type { ApiName, FetchApp, Ports, Tenant } from "./types";

/** What a test can choose about its tenant. */
export interface TestTenantOptions {
  /** Replication delays in milliseconds; those not named are zero. */
  readonly delays?: Partial<ReplicationDelays>;
  /** An instant at which the tenant's clock stands still (and can be moved by `advance`); absent: real time. */
  readonly now?: Date;
  /** A folder that outlives the test tenant; absent: a temporary one, removed by `close`. */
  readonly directory?: string;
  readonly origin?: string;
}

/** A token's content for a test of an API; the deployer's or any other caller's. */
interface TestCaller {
  readonly api: ApiName;
  readonly roles?: readonly string[];
  readonly objectId?: string;
  readonly clientId?: string;
  /** Seconds; may be negative for a token that has expired. Default 3600. */
  readonly lifetime?: number;
}

/** A tenant in the test's own process, without a server: its apps are called by `app.request(…)`. */
export interface TestTenant extends Tenant {
  readonly store: JournalledStore;
  readonly clock: MovableClock;
  readonly replication: DelayedReplication;
  readonly tokens: SignedTokens;
  readonly ports: TestPorts;
  /** The `Authorization` header of a caller with these app roles. */
  authorization(caller: TestCaller): Promise<string>;
  close(): void;
}

/** Ports that are names only: nothing listens, the app opened is called directly. */
class TestPorts implements Ports {
  readonly #apps = new Map<string, FetchApp>();

  async open(name: string, app: FetchApp): Promise<string> {
    this.#apps.set(name, app);
    return originOf(name);
  }

  async close(name: string): Promise<void> {
    this.#apps.delete(name);
  }

  origin(name: string): string | undefined {
    return this.#apps.has(name) ? originOf(name) : undefined;
  }

  app(name: string): FetchApp | undefined {
    return this.#apps.get(name);
  }
}

/** Makes an empty tenant on a folder of its own, with no delays unless asked for. */
export function createTestTenant(options: TestTenantOptions = {}): TestTenant {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), "test-tenant-"));
  const settings = tenantSettings({ origin: options.origin ?? "https://127.0.0.1:8443", directory });
  const fixed = options.now?.getTime();
  const store: JournalledStore = new JournalledStore(join(directory, "state"), () => clock.now());
  const clock: MovableClock = new MovableClock(store, fixed === undefined ? Date.now : () => fixed);
  const tokens = new SignedTokens(settings, clock, sharedKey());
  return {
    settings,
    store,
    clock,
    replication: new DelayedReplication(store, clock, { ...noDelays, ...options.delays }),
    tokens,
    ports: new TestPorts(),
    authorization: async (caller) =>
      `Bearer ${await tokens.sign(claimsOf(caller, settings.tenantId, clock.now()))}`,
    close: () => {
      store.close();
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}

function claimsOf(caller: TestCaller, tenantId: string, now: number): Record<string, unknown> {
  const issued = Math.floor(now / 1000);
  const api = apisOf("").find(({ name }) => name === caller.api);
  return {
    aud: api?.resources[0],
    tid: tenantId,
    oid: caller.objectId ?? "11111111-1111-4111-8111-111111111111",
    appid: caller.clientId ?? "22222222-2222-4222-8222-222222222222",
    roles: caller.roles ?? [],
    iat: issued,
    nbf: issued - 300,
    exp: issued + (caller.lifetime ?? 3600),
  };
}

/** Vault names become port numbers that nothing listens on; the same name is always the same port. */
function originOf(name: string): string {
  const sum = [...name].reduce((total, character) => (total * 31 + character.charCodeAt(0)) % 10_000, 7);
  return `https://127.0.0.1:${20_000 + sum}`;
}

let key: SigningKey | undefined;

/** One signing key a test process: making one takes longer than most tests. */
function sharedKey(): SigningKey {
  if (key === undefined) {
    const directory = mkdtempSync(join(tmpdir(), "test-key-"));
    key = loadSigningKey(directory);
    rmSync(directory, { recursive: true, force: true });
  }
  return key;
}
