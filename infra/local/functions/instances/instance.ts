/** One instance of an app: a worker process that is started again when it ends. */
import { setTimeout as wait } from "node:timers/promises";
import type { HostLog } from "../log";
import { WorkerLostError } from "../worker/errors";
import type { FunctionMetadata, InvocationRequest, InvocationResponse } from "../worker/protocol";
import type { WorkerProcess } from "../worker/worker-process";

const firstPause = 250;
const longestPause = 30_000;
/** A worker that lived so long is taken for sound: the next restart is quick again. */
const soundAfter = 60_000;
/** A call waits so long for a worker that is being started. */
const workerPatience = 15_000;

export interface InstanceOptions {
  readonly id: string;
  readonly log: HostLog;
  readonly start: (instance: string) => WorkerProcess;
  /** Milliseconds a call may take. */
  readonly timeLimit: number;
  readonly onLoaded: (functions: readonly FunctionMetadata[]) => void;
  readonly onUnloadable: (message: string) => void;
}

export class Instance {
  readonly #stopping = new AbortController();
  #worker: WorkerProcess | undefined;
  #ready: Promise<WorkerProcess>;
  #becomeReady: (worker: WorkerProcess) => void = () => undefined;
  #isReady = false;
  readonly #life: Promise<void>;

  constructor(private readonly options: InstanceOptions) {
    this.#ready = this.#renewReady();
    this.#life = this.#live();
  }

  get id(): string {
    return this.options.id;
  }

  /** How many calls run. */
  get running(): number {
    return this.#worker?.running ?? 0;
  }

  /** Calls a function as soon as a worker is there. @throws FunctionFailedError | WorkerLostError */
  async invoke(functionName: string, request: InvocationRequest): Promise<InvocationResponse> {
    const giveUp = new AbortController();
    const none = wait(workerPatience, undefined, { signal: giveUp.signal, ref: false }).catch(
      () => undefined,
    );
    const worker = await Promise.race([this.#ready, none]);
    giveUp.abort();
    if (worker === undefined) throw new WorkerLostError("No worker process could be started.");
    return worker.invoke(functionName, request, this.options.timeLimit);
  }

  /** Whether a worker has loaded the program and lives. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Waits for what runs, for the time given, then ends the process and starts no other. */
  async stop(patience: number): Promise<void> {
    this.#stopping.abort();
    const deadline = Date.now() + patience;
    while (this.running > 0 && Date.now() < deadline) await wait(20);
    await this.#worker?.terminate(Math.max(500, deadline - Date.now()));
    await this.#life;
  }

  async #live(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const startedAt = Date.now();
      const worker = this.options.start(this.id);
      this.#worker = worker;
      await this.#settle(worker);
      const end = await worker.ended;
      this.#isReady = false;
      this.#ready = this.#renewReady();
      if (this.#stopping.signal.aborted) return;
      failures = Date.now() - startedAt > soundAfter ? 0 : failures + 1;
      const pause = failures === 0 ? 0 : Math.min(longestPause, firstPause * 2 ** (failures - 1));
      this.options.log.write("error", "host", `The worker ended (${end}); the next starts in ${pause} ms.`, {
        instance: this.id,
      });
      await wait(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  async #settle(worker: WorkerProcess): Promise<void> {
    try {
      this.options.onLoaded(await worker.loaded);
      this.#isReady = true;
      this.#becomeReady(worker);
    } catch (error) {
      worker.kill();
      this.options.onUnloadable(error instanceof Error ? error.message : String(error));
    }
  }

  #renewReady(): Promise<WorkerProcess> {
    return new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
  }
}
