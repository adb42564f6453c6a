/** One worker process as the host sees it. */
import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { HostLog, LogContext } from "../log";
import { FunctionFailedError, UnloadableError, WorkerLostError } from "./errors";
import type {
  FromWorker,
  FunctionMetadata,
  InvocationRequest,
  InvocationResponse,
  ToWorker,
} from "./protocol";

/** What a worker is started with. */
export interface WorkerOptions {
  /** The bundled worker program. */
  readonly script: string;
  /** Folder and program of the package. */
  readonly root: string;
  readonly main: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: HostLog;
  readonly instance: string;
}

interface Pending {
  readonly resolve: (response: InvocationResponse) => void;
  readonly reject: (error: Error) => void;
}

export class WorkerProcess {
  /** Settles when the program is loaded, or can't be. */
  readonly loaded: Promise<readonly FunctionMetadata[]>;
  /** Resolves when the process has ended, with how. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #pending = new Map<string, Pending>();
  readonly #context: LogContext;
  #end: string | undefined;

  constructor(private readonly options: WorkerOptions) {
    this.#context = { instance: options.instance };
    this.#child = fork(options.script, [], {
      cwd: options.root,
      env: { ...options.environment },
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#logLines(this.#child.stdout, "information");
    this.#logLines(this.#child.stderr, "error");
    this.ended = new Promise((resolve) => {
      this.#child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
      this.#child.once("error", (error) => resolve(error.message));
    });
    this.loaded = this.#load();
    // Whoever waits for it sees the failure; nobody needs to.
    this.loaded.catch(() => undefined);
    void this.ended.then((end) => this.#failPending(end));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** How many calls run. */
  get running(): number {
    return this.#pending.size;
  }

  /**
   * Calls a function; one that takes longer than the limit takes the whole process with it, as on the platform.
   * @throws FunctionFailedError | WorkerLostError
   */
  invoke(functionName: string, request: InvocationRequest, limit: number): Promise<InvocationResponse> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(lost(this.#end));
      const { invocationId } = request;
      const timer = Number.isFinite(limit)
        ? setTimeout(() => this.#recycle(functionName, limit), limit)
        : undefined;
      const settle = (): void => {
        clearTimeout(timer);
        this.#pending.delete(invocationId);
      };
      this.#pending.set(invocationId, {
        resolve: (response) => {
          settle();
          resolve(response);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      this.#send({ kind: "invoke", functionName, request });
    });
  }

  /** Lets the program's terminate hooks run, then ends the process, at the latest after the time given. */
  async terminate(milliseconds: number): Promise<void> {
    this.#send({ kind: "terminate" });
    const timer = setTimeout(() => this.kill(), milliseconds);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #load(): Promise<readonly FunctionMetadata[]> {
    return new Promise((resolve, reject) => {
      this.#child.on("message", (message: FromWorker) => {
        if (message.kind === "loaded") resolve(message.functions);
        else if (message.kind === "unloadable") {
          this.#log("error", message.failure.stack ?? message.failure.message);
          reject(new UnloadableError(message.failure.message));
        } else this.#handle(message);
      });
      void this.ended.then((end) =>
        reject(new UnloadableError(`The worker ended while it loaded (${end}).`)),
      );
      this.#send({ kind: "load", root: this.options.root, main: this.options.main });
    });
  }

  #handle(message: Exclude<FromWorker, { kind: "loaded" | "unloadable" }>): void {
    if (message.kind === "log") {
      const { level, category, message: text, functionName, invocationId } = message;
      this.options.log.write(level, category, text, {
        ...this.#context,
        ...(functionName === undefined ? {} : { functionName }),
        ...(invocationId === undefined ? {} : { invocationId }),
      });
    } else if (message.kind === "done") {
      this.#pending.get(message.invocationId)?.resolve(message.response);
    } else {
      this.#pending.get(message.invocationId)?.reject(new FunctionFailedError(message.failure));
    }
  }

  #recycle(functionName: string, limit: number): void {
    this.#log("critical", `${functionName} ran longer than ${limit / 1000} s; its worker process is ended.`);
    this.kill();
  }

  #failPending(end: string): void {
    this.#end = end;
    for (const pending of [...this.#pending.values()]) pending.reject(lost(end));
  }

  #send(message: ToWorker): void {
    // A process that is gone can't be told; its end is noticed by `exit`.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #log(level: "error" | "critical", message: string): void {
    this.options.log.write(level, "host", message, this.#context);
  }

  #logLines(stream: Readable | null, level: "information" | "error"): void {
    if (stream === null) return;
    createInterface({ input: stream }).on("line", (line) =>
      this.options.log.write(level, "console", line, this.#context),
    );
  }
}

function lost(end: string): WorkerLostError {
  return new WorkerLostError(`The worker process ended (${end}) while the function ran.`);
}
