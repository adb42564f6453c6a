/** A function app that runs: its HTTP server, its timers, its instances and their queue listeners. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { Agent } from "undici";
import type { FunctionAppSpec, FunctionAppState, FunctionSummary, RunningFunctionApp } from "./app";
import { HttpServer } from "./http/server";
import { Instance } from "./instances/instance";
import { InstancePool } from "./instances/pool";
import { Scaler } from "./instances/scaler";
import { HostLog } from "./log";
import { type FunctionPackage, unpack } from "./package/unpack";
import { workerEnvironment } from "./settings/environment";
import { type ResolvedSettings, resolveReferences } from "./settings/key-vault-references";
import { ManagedIdentity } from "./settings/managed-identity";
import { Triggers } from "./triggers";
import { bundleWorker } from "./worker/bundle";
import type { FunctionMetadata } from "./worker/protocol";
import { WorkerProcess } from "./worker/worker-process";

/** How long running functions are given when the app is stopped, milliseconds. */
const patience = 6_000;

/**
 * Starts a function app: resolves once a worker has loaded the package, or has failed to, which `state` tells.
 * @throws PackageError when the zip is no function package
 */
export async function startFunctionApp(spec: FunctionAppSpec): Promise<RunningFunctionApp> {
  for (const name of ["home", "tmp"]) mkdirSync(join(spec.folder, name), { recursive: true, mode: 0o700 });
  const deployed = unpack(spec.packageZip, join(spec.folder, "site"), spec.settings);
  const log = new HostLog(join(spec.folder, "host.log"));
  const authorities = [...rootCertificates, readFileSync(spec.caFile, "utf8")];
  const dispatcher = new Agent({ connect: { ca: authorities } });
  const identity = new ManagedIdentity(spec.identity, dispatcher);
  const known = [spec.masterKey, spec.functionKey, spec.identity.header];
  log.hide(known);
  const resolved = await resolveReferences(spec.settings, {
    identity,
    identityResourceId: spec.keyVaultReferenceIdentity,
    dispatcher,
    vaultUri: spec.vaultUri,
    warn: (message) => log.write("warning", "host", message),
  });
  log.hide([...known, ...resolved.secrets]);
  const app = new FunctionApp({ spec, deployed, log, dispatcher, identity, resolved, authorities });
  await app.start();
  return app;
}

interface Parts {
  readonly spec: FunctionAppSpec;
  readonly deployed: FunctionPackage;
  readonly log: HostLog;
  readonly dispatcher: Agent;
  readonly identity: ManagedIdentity;
  readonly resolved: ResolvedSettings;
  readonly authorities: readonly string[];
}

class FunctionApp implements RunningFunctionApp {
  readonly #pool: InstancePool;
  readonly #server: HttpServer;
  readonly #triggers: Triggers;
  readonly #scaler: Scaler;
  #origin = "";
  #state: FunctionAppState = { state: "starting" };
  #settled: () => void = () => undefined;
  #stopped: Promise<void> | undefined;

  constructor(private readonly parts: Parts) {
    const { spec, deployed, log } = parts;
    const script = bundleWorker(join(spec.folder, "worker"));
    this.#pool = new InstancePool((id) => this.#createInstance(script, id), patience);
    this.#server = new HttpServer(spec, log, () => this.#state.state === "running");
    this.#triggers = new Triggers({
      ...parts,
      settings: parts.resolved.settings,
      pool: this.#pool,
      host: deployed.host,
    });
    this.#scaler = new Scaler(this.#pool, this.#triggers, spec.maximumInstances ?? 1, log);
  }

  get origin(): string {
    return this.#origin;
  }

  get logFile(): string {
    return this.parts.log.file;
  }

  functions(): readonly FunctionSummary[] {
    return this.#triggers.summaries();
  }

  state(): FunctionAppState {
    return this.#state;
  }

  async start(): Promise<void> {
    this.#origin = await this.#server.listen();
    const settled = new Promise<void>((resolve) => {
      this.#settled = resolve;
    });
    this.#pool.add(() => []);
    await settled;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#state = { state: "stopped" };
    this.#server.refuse();
    this.#scaler.stop();
    await Promise.all([this.#triggers.stop(), this.#pool.stop()]);
    await this.#server.close();
    await this.parts.dispatcher.close();
    await this.parts.log.close();
  }

  #createInstance(script: string, id: string): Instance {
    const { spec, deployed, log, resolved } = this.parts;
    const environment = workerEnvironment(spec, resolved.settings, deployed.root, id);
    const limit =
      spec.timeLimitSeconds === undefined ? deployed.host.functionTimeout : spec.timeLimitSeconds * 1000;
    return new Instance({
      id,
      log,
      timeLimit: limit,
      start: () =>
        new WorkerProcess({
          script,
          root: deployed.root,
          main: deployed.main,
          environment,
          log,
          instance: id,
        }),
      onLoaded: (functions) => this.#loaded(functions),
      onUnloadable: (message) => this.#unloadable(message),
    });
  }

  /** The first worker tells what there is; later ones load the same program. */
  #loaded(functions: readonly FunctionMetadata[]): void {
    if (this.#state.state === "running" || this.#state.state === "stopped") return;
    this.#state = { state: "running" };
    this.parts.log.write("information", "host", `Running: ${functions.map(({ name }) => name).join(", ")}.`);
    this.#server.serve(this.#triggers.start(functions));
    this.#scaler.start();
    this.#settled();
  }

  #unloadable(message: string): void {
    if (this.#state.state !== "starting" && this.#state.state !== "failed") return;
    this.#state = { state: "failed", message };
    this.#settled();
  }
}
