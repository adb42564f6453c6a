import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { makePrivateDirectory } from "../core/files";

const readySchema = z.object({ blob: z.string(), queue: z.string() });

/** Origins of Azurite's services. */
export type AzuriteOrigins = z.output<typeof readySchema>;

/** Azurite did not become ready. */
class AzuriteStartError extends Error {
  override readonly name = "AzuriteStartError";
}

interface Running {
  readonly child: ChildProcess;
  readonly origins: Promise<AzuriteOrigins>;
}

/**
 * One Azurite process for all storage accounts of a tenant, started when something first needs it and again when it
 * ended. Its data is below `<tenant>/storage`.
 */
export class Azurite {
  readonly #directory: string;
  #running: Running | undefined;

  /** @param directory the tenant's folder, with the server certificate that Azurite presents */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Whether its process was started and has not ended. */
  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Where it answers; starts it if needed.
   * @throws AzuriteStartError
   */
  origins(): Promise<AzuriteOrigins> {
    this.#running ??= this.#start();
    return this.#running.origins;
  }

  /** Ends it; it saves its data first. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }

  /** Ends it and deletes all data. */
  async erase(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #folder(): string {
    return join(this.#directory, "storage");
  }

  #start(): Running {
    makePrivateDirectory(this.#folder);
    const log = join(this.#directory, "storage.log");
    const output = openSync(log, "a", 0o600);
    const options = {
      folder: this.#folder,
      certificateFile: join(this.#directory, "server.pem"),
      keyFile: join(this.#directory, "server-key.pem"),
    };
    const loader = pathToFileURL(require.resolve("tsx")).href;
    const child = spawn(
      process.execPath,
      ["--import", loader, join(__dirname, "main.ts"), JSON.stringify(options)],
      { stdio: ["ignore", output, output, "ipc"] },
    );
    closeSync(output);
    const running = { child, origins: becameReady(child, log) };
    const forget = (): void => {
      if (this.#running === running) this.#running = undefined;
    };
    child.once("exit", forget);
    running.origins.catch(forget);
    return running;
  }
}

function becameReady(child: ChildProcess, log: string): Promise<AzuriteOrigins> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(
        new AzuriteStartError(`The storage emulator (Azurite) did not start: ${reason}. Its log is ${log}.`),
      );
    child.once("message", (message) => resolve(readySchema.parse(message)));
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code, signal) => fail(`it ended (${signal ?? code})`));
  });
}
