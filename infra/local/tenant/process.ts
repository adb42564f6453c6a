import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { lock } from "proper-lockfile";
import { z } from "zod";
import { tenantDirectory } from "../paths";
import { AdminClient, TenantAdminError } from "./admin-client";
import type { SeedSize } from "./core/admin";
import { type Endpoint, endpointSchema, isAlive, readEndpoint } from "./core/endpoint";
import { makePrivateDirectory } from "./core/files";
import { defaultPort } from "./core/settings";
import type { StartMessage } from "./main";

export { AdminClient, TenantAdminError, TenantNotRunningError } from "./admin-client";
export type { Endpoint } from "./core/endpoint";

const statusSchema = endpointSchema.extend({
  displayName: z.string(),
  /** How many objects of each kind the directory has. */
  objects: z.record(z.string(), z.number()),
  /** The tenant's time, and milliseconds by which it is ahead of the machine's. */
  clock: z.object({ now: z.string(), offset: z.number() }),
  /** Replication delays in milliseconds. */
  delays: z.record(z.string(), z.number()),
  /** Whether request budgets hold, and milliseconds that every reply takes longer. */
  conditions: z.object({ throttling: z.boolean(), latency: z.number() }),
  /** Faults that are switched on. */
  faults: z.number(),
  /** Storage accounts, and whether the emulator that holds their data runs. */
  storage: z.object({ accounts: z.array(z.string()), running: z.boolean() }),
  /** Function apps; `problem`: why one does not run although it should. */
  sites: z.array(
    z.object({
      name: z.string(),
      url: z.string(),
      state: z.string(),
      problem: z.string().optional(),
      log: z.string().optional(),
    }),
  ),
  /** Telemetry items that each Application Insights component got. */
  telemetry: z.record(z.string(), z.number()),
});

/** What a running tenant says about itself. */
export type TenantStatus = z.output<typeof statusSchema>;

/** The tenant's process could not become ready. */
export class TenantStartError extends Error {
  override readonly name = "TenantStartError";

  constructor(
    message: string,
    /** The file that has all it said. */
    readonly log: string,
  ) {
    super(message);
  }
}

/** How a tenant process is started. */
export interface StartOptions {
  /** Folder of the tenant; default `.local/tenant`. */
  readonly directory?: string | undefined;
  /** Default: env ENTRA_CONNECTORS_TENANT_PORT, else 8443; 0 for any free port. */
  readonly port?: number | undefined;
  /** Size of the directory that a first start makes. */
  readonly seed?: SeedSize | undefined;
  /** Whether Microsoft's request budgets hold; a tenant that already runs is changed. */
  readonly throttling?: boolean | undefined;
  /** Milliseconds that every reply takes longer; a tenant that already runs is changed. */
  readonly latency?: number | undefined;
  readonly onProgress?: ((step: string) => void) | undefined;
}

/** A tenant that is ready, and whether it was before. */
export interface StartedTenant {
  readonly endpoint: Endpoint;
  readonly alreadyRunning: boolean;
}

/**
 * Starts the tenant as a process of its own and waits until it is ready; one that already runs is left as it is. Of
 * two starts at once one starts it, the other waits and finds it running.
 * @throws TenantStartError
 */
export async function startTenant(options: StartOptions = {}): Promise<StartedTenant> {
  const directory = options.directory ?? tenantDirectory();
  makePrivateDirectory(directory);
  const release = await lock(directory, {
    lockfilePath: join(directory, "start.lock"),
    stale: 10_000,
    retries: { retries: 600, minTimeout: 200, maxTimeout: 200 },
  });
  try {
    const running = readEndpoint(directory);
    if (running !== undefined) {
      await changeConditions(directory, options);
      return { endpoint: running, alreadyRunning: true };
    }
    await spawnTenant(directory, options);
    return { endpoint: AdminClient.of(directory).endpoint, alreadyRunning: false };
  } finally {
    await release();
  }
}

async function changeConditions(directory: string, { throttling, latency }: StartOptions): Promise<void> {
  if (throttling === undefined && latency === undefined) return;
  await AdminClient.of(directory).call("PUT", "/conditions", { throttling, latency });
}

/** Ends the tenant's process and waits for its end; false when none ran. */
export async function stopTenant(
  options: { readonly directory?: string | undefined } = {},
): Promise<boolean> {
  const endpoint = readEndpoint(options.directory ?? tenantDirectory());
  if (endpoint === undefined) return false;
  process.kill(endpoint.pid, "SIGTERM");
  const deadline = Date.now() + 20_000;
  while (isAlive(endpoint.pid)) {
    if (Date.now() > deadline) {
      throw new TenantAdminError(
        `Process ${endpoint.pid} of the local tenant does not end. End it: kill -9 ${endpoint.pid}`,
      );
    }
    await wait(25);
  }
  return true;
}

/** What the tenant says about itself, or undefined when none runs. */
export async function tenantStatus(
  options: { readonly directory?: string | undefined } = {},
): Promise<TenantStatus | undefined> {
  const directory = options.directory ?? tenantDirectory();
  if (readEndpoint(directory) === undefined) return undefined;
  return statusSchema.parse(await AdminClient.of(directory).call("GET", "/status", undefined, 10_000));
}

/** Forgets the state: of the process that runs, else of the folder, which the next start fills again. */
export async function resetTenant(options: { readonly directory?: string | undefined } = {}): Promise<void> {
  const directory = options.directory ?? tenantDirectory();
  if (readEndpoint(directory) !== undefined) await AdminClient.of(directory).call("POST", "/reset");
  else
    for (const name of ["state", "deployer-secret"])
      rmSync(join(directory, name), { recursive: true, force: true });
}

async function spawnTenant(directory: string, options: StartOptions): Promise<void> {
  const log = join(directory, "process.log");
  const output = openSync(log, "a", 0o600);
  const { seed, throttling, latency } = options;
  const port = options.port ?? environmentPort() ?? defaultPort;
  const settings = { directory, port, seed, throttling, latency };
  const loader = pathToFileURL(require.resolve("tsx")).href;
  const main = join(__dirname, "main.ts");
  const child = spawn(process.execPath, ["--import", loader, main, JSON.stringify(settings)], {
    detached: true,
    stdio: ["ignore", output, output, "ipc"],
  });
  closeSync(output);
  try {
    await becameReady(child, log, options.onProgress ?? (() => undefined));
  } finally {
    if (child.connected) child.disconnect();
    child.unref();
  }
}

function becameReady(child: ChildProcess, log: string, onProgress: (step: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (message: string): void => reject(new TenantStartError(message, log));
    child.on("message", (message: StartMessage) => {
      if (message.kind === "progress") onProgress(message.step);
      else if (message.kind === "failed") fail(message.message);
      else resolve();
    });
    child.once("error", (error) => fail(`The local tenant's process can't be started: ${error.message}`));
    child.once("exit", (code, signal) =>
      fail(`The local tenant ended while it started (${signal ?? code}).`),
    );
  });
}

function environmentPort(): number | undefined {
  const text = process.env.ENTRA_CONNECTORS_TENANT_PORT;
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,5}$/.test(text))
    throw new TenantAdminError(`ENTRA_CONNECTORS_TENANT_PORT is not a port: "${text}".`);
  return Number(text);
}
