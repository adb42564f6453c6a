/** The triggers of an app: what its functions declared, and what calls them. */
import { join } from "node:path";
import type { QueueClient, QueueServiceClient } from "@azure/storage-queue";
import type { FunctionAppSpec, FunctionSummary } from "../app";
import type { Endpoint } from "../http/server";
import type { Instance } from "../instances/instance";
import type { Attendant, InstancePool } from "../instances/pool";
import type { HostLog } from "../log";
import type { HostSettings } from "../package/host-json";
import type { ManagedIdentity } from "../settings/managed-identity";
import type { FunctionMetadata, InvocationRequest, InvocationResponse } from "../worker/protocol";
import { type DeclaredFunction, readDeclaration } from "./declared";
import { hostEndpoints, httpEndpoint, httpPath } from "./http";
import { sendOutputs } from "./outputs";
import { QueueListener } from "./queue";
import { openQueueService } from "./queue-client";
import { TimerListener, TimerMemory } from "./timer";

export interface TriggersOptions {
  readonly spec: FunctionAppSpec;
  /** App settings with Key Vault references resolved. */
  readonly settings: Readonly<Record<string, string>>;
  readonly host: HostSettings;
  readonly pool: InstancePool;
  readonly log: HostLog;
  readonly identity: ManagedIdentity;
  readonly authorities: readonly string[];
}

const defaultLease = 600;

export class Triggers {
  readonly #services = new Map<string, QueueServiceClient>();
  readonly #timers = new Map<string, TimerListener>();
  #functions: readonly DeclaredFunction[] = [];
  #metadata: readonly FunctionMetadata[] = [];

  constructor(private readonly options: TriggersOptions) {}

  /** Starts timers and listeners of the functions; one that can't be served is logged and left out. */
  start(functions: readonly FunctionMetadata[]): readonly Endpoint[] {
    this.#metadata = functions;
    this.#functions = functions.flatMap((metadata) =>
      this.#attempt(metadata.name, () => this.#declare(metadata)),
    );
    this.options.pool.attend((instance) => this.listeners(instance));
    for (const timer of this.#timers.values()) timer.start();
    const { routePrefix } = this.options.host;
    const call = (declared: DeclaredFunction, request: InvocationRequest): Promise<InvocationResponse> =>
      this.#call(declared, request);
    const endpoints = this.#functions.flatMap((declared) =>
      declared.trigger === "http"
        ? this.#attempt(declared.name, () => httpEndpoint(declared, routePrefix, call))
        : [],
    );
    return [...endpoints, ...hostEndpoints(this.#timers, () => this.summaries())];
  }

  /** The queue listeners of one instance. */
  listeners(instance: Instance): Attendant[] {
    const { host, spec, log } = this.options;
    return this.#functions.flatMap((declared) => {
      if (declared.trigger !== "queue") return [];
      const target = {
        functionName: declared.name,
        bindingName: declared.bindingName,
        queue: this.#queue(declared.connection, declared.queueName),
        poison: this.#queue(declared.connection, `${declared.queueName}-poison`),
      };
      return new QueueListener(target, {
        settings: host.queues,
        leaseSeconds: spec.messageLeaseSeconds ?? defaultLease,
        log,
        isReady: () => instance.isReady,
        invoke: async (name, request) => this.#send(declared, await instance.invoke(name, request)),
      });
    });
  }

  summaries(): readonly FunctionSummary[] {
    return this.#metadata.map(({ name, bindings }) => {
      const declared = this.#functions.find((candidate) => candidate.name === name);
      const path =
        declared?.trigger === "http" ? httpPath(declared, this.options.host.routePrefix) : undefined;
      const all = Object.entries(bindings).map(([key, binding]) => ({ ...binding, name: key }));
      return { name, bindings: all, ...(path === undefined ? {} : { path }) };
    });
  }

  /** How many messages wait or are worked on, of the longest of the app's queues. */
  async backlog(): Promise<number> {
    const queues = this.#functions.flatMap((declared) =>
      declared.trigger === "queue" ? this.#queue(declared.connection, declared.queueName) : [],
    );
    const lengths = await Promise.all(
      queues.map(
        async (queue) => (await queue.getProperties().catch(() => undefined))?.approximateMessagesCount ?? 0,
      ),
    );
    return Math.max(0, ...lengths);
  }

  /** How many messages one instance works on. */
  get perInstance(): number {
    return this.options.host.queues.batchSize;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#timers.values()].map((timer) => timer.stop()));
  }

  #declare(metadata: FunctionMetadata): DeclaredFunction {
    const { settings, spec, log } = this.options;
    const declared = readDeclaration(metadata, settings);
    if (declared.trigger === "queue") this.#queue(declared.connection, declared.queueName);
    if (declared.trigger === "timer") {
      const memory = new TimerMemory(join(spec.folder, `timer-${declared.name}.json`));
      const timer = { ...declared, functionName: declared.name };
      const invoke = (_: string, request: InvocationRequest): Promise<InvocationResponse> =>
        this.#call(declared, request);
      this.#timers.set(declared.name, new TimerListener(timer, memory, invoke, log));
    }
    return declared;
  }

  /** Calls a function on any instance; what it may have enqueued is looked for at once. */
  async #call(declared: DeclaredFunction, request: InvocationRequest): Promise<InvocationResponse> {
    try {
      return await this.#send(declared, await this.options.pool.invoke(declared.name, request));
    } finally {
      this.options.pool.nudge();
    }
  }

  async #send(declared: DeclaredFunction, response: InvocationResponse): Promise<InvocationResponse> {
    const { messageEncoding } = this.options.host.queues;
    await sendOutputs(response, declared.outputs, (...names) => this.#queue(...names), messageEncoding);
    return response;
  }

  #queue(connection: string, name: string): QueueClient {
    const { settings, identity, authorities } = this.options;
    const service =
      this.#services.get(connection) ?? openQueueService(connection, settings, identity, authorities);
    this.#services.set(connection, service);
    return service.getQueueClient(name);
  }

  #attempt<Result>(functionName: string, make: () => Result): Result[] {
    try {
      return [make()];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.options.log.write("error", "host", `The function is not served: ${message}`, { functionName });
      return [];
    }
  }
}
