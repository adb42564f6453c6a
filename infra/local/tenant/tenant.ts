import { adminAreas } from "./admin-areas";
import type { AdminParts, SeedSize } from "./core/admin";
import { claimDirectory } from "./core/claim";
import { type Endpoint, removeEndpoint, writeEndpoint } from "./core/endpoint";
import { makePrivateDirectory } from "./core/files";
import { openParts, type TenantParts } from "./core/parts";
import { defaultDelays, type ReplicationDelays } from "./core/replication";
import { Dispatcher } from "./core/server/dispatcher";
import type { ServiceName } from "./core/server/hosts";
import { type Listener, listen, loopback } from "./core/server/listener";
import { ListeningPorts } from "./core/server/ports";
import { listenAsProxy } from "./core/server/proxy";
import { defaultPort, tenantSettings } from "./core/settings";
import { loadServerCertificate, type ServerCertificate } from "./core/tls/certificates";
import { loadSigningKey, SignedTokens } from "./core/tokens";
import type { FetchApp } from "./core/types";
import { setEdition } from "./directory/editions";
import { openDirectory } from "./directory/open";
import { churnDirectory } from "./graph/churn";
import { TenantHosting } from "./hosting";
import type { IssuingTenant } from "./login/issuing-tenant";
import { IdentityHosts } from "./login/managed-identity";
import { Population } from "./population";
import { createServices } from "./services";

/** How a tenant is started. */
export interface TenantOptions {
  /** The folder of state, certificates and logs. */
  readonly directory: string;
  /** 0: any free port. */
  readonly port?: number;
  /** Replication delays unless others were set at the admin endpoint. */
  readonly delays?: ReplicationDelays;
  /** The size of the directory made at the first start. */
  readonly seed?: SeedSize;
  /** Microsoft's request budgets; absent: as they were, and at the first start on. */
  readonly throttling?: boolean | undefined;
  /** Milliseconds that every reply takes longer; absent: as it was, and at the first start none. */
  readonly latency?: number | undefined;
  readonly onProgress?: (step: string) => void;
}

/** A tenant that answers. */
export interface RunningTenant {
  readonly tenant: IssuingTenant;
  readonly endpoint: Endpoint;
  /** Ends running requests, saves, and gives the folder up. */
  stop(): Promise<void>;
}

/**
 * Starts a tenant in this process: claims the folder, makes what is missing, serves, seeds an empty directory, and
 * says in `endpoint.json` where it is.
 * @throws TenantRunningError | PortInUseError | StoreCorruptError
 */
export async function runTenant(options: TenantOptions): Promise<RunningTenant> {
  const { directory } = options;
  makePrivateDirectory(directory);
  const release = await claimDirectory(directory);
  const cleanup: (() => void | Promise<void>)[] = [release];
  try {
    const parts = openParts(directory, options.delays ?? defaultDelays);
    cleanup.unshift(
      () => parts.store.close(),
      () => parts.log.flush(),
    );
    return await serve(options, parts, await loadServerCertificate(directory), cleanup);
  } catch (error) {
    await runAll(cleanup);
    throw error;
  }
}

async function serve(
  options: TenantOptions,
  parts: TenantParts,
  tls: ServerCertificate,
  cleanup: (() => void | Promise<void>)[],
): Promise<RunningTenant> {
  const { directory } = options;
  let apps: Partial<Record<ServiceName, FetchApp>> = {};
  const dispatcher: Dispatcher = new Dispatcher({
    ...parts,
    services: { app: (service) => apps[service], port: (name) => ports.app(name) },
  });
  const ports = new ListeningPorts(parts.store, tls, dispatcher.handlePort);
  const server = await listen(dispatcher.handle, options.port ?? defaultPort, tls);
  cleanup.unshift(
    () => server.close(),
    () => ports.stop(),
  );
  const settings = tenantSettings({ origin: `https://${loopback}:${server.port}`, directory });
  const tokens = new SignedTokens(settings, parts.clock, loadSigningKey(directory));
  const tenant = { ...parts, settings, tokens, ports };
  const hosting = new TenantHosting(tenant);
  cleanup.unshift(() => hosting.stop());
  const population = new Population(tenant, hosting, options.onProgress);
  const proxy = await listenAsProxy(server.port);
  cleanup.unshift(() => proxy.close());
  const publish = (): Endpoint => publishEndpoint(tenant, population, tls.caFile, proxy);
  apps = createServices(tenant, adminParts(parts, tenant, population, hosting, publish), hosting);
  await population.restore(options.seed);
  if (options.throttling !== undefined || options.latency !== undefined) parts.conditions.set(options);
  cleanup.unshift(() => removeEndpoint(directory));
  return { tenant, endpoint: publish(), stop: () => runAll(cleanup) };
}

function publishEndpoint(
  tenant: IssuingTenant,
  population: Population,
  caFile: string,
  proxy: Listener,
): Endpoint {
  const { origin, tenantId, domain, subscriptionId, directory } = tenant.settings;
  const endpoint: Endpoint = {
    origin,
    metadataHost: new URL(origin).host,
    proxy: `http://${loopback}:${proxy.port}`,
    tenantId,
    domain,
    subscriptionId,
    caFile,
    pid: process.pid,
    deployer: population.deployer(),
  };
  writeEndpoint(directory, endpoint);
  return endpoint;
}

function adminParts(
  parts: TenantParts,
  tenant: IssuingTenant,
  population: Population,
  hosting: TenantHosting,
  publish: () => Endpoint,
): AdminParts {
  const identityHosts = new IdentityHosts(tenant.store);
  return {
    ...parts,
    key: parts.adminKey,
    status: () => ({
      ...publish(),
      displayName: tenant.settings.displayName,
      objects: population.counts(),
      clock: { now: new Date(parts.clock.now()).toISOString(), offset: parts.clock.offset },
      delays: parts.replication.delays,
      conditions: parts.conditions.current,
      faults: parts.faults.list().length,
      ...hosting.status(),
    }),
    seed: async (size) => {
      await population.seed(size);
      return population.counts();
    },
    reset: async () => {
      await population.reset();
      publish();
      return population.counts();
    },
    ...adminAreas(tenant),
    setEdition: (edition) => setEdition(openDirectory(tenant.store), edition),
    churn: (size) => churnDirectory(tenant, size),
    assignIdentities: (header, principalIds) => identityHosts.assign(header, principalIds),
  };
}

async function runAll(steps: (() => void | Promise<void>)[]): Promise<void> {
  for (const step of steps.splice(0)) await step();
}
