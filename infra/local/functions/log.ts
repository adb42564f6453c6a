/** The log of a function app: one line of JSON a record, without any secret. */
import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import type { LogLevel } from "./worker/protocol";

/** What is logged beside the message. */
export interface LogContext {
  readonly functionName?: string;
  readonly invocationId?: string;
  readonly instance?: string;
}

/** When a host starts and the file is larger, it is put aside as `<file>.1`. */
const sizeLimit = 20 * 1024 * 1024;
/** Texts shorter than that are no secrets worth hiding, and hiding them would garble every line. */
const shortestSecret = 8;

export class HostLog {
  readonly #stream: WriteStream;
  #secrets: readonly string[] = [];

  constructor(readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > sizeLimit) renameSync(file, `${file}.1`);
    this.#stream = createWriteStream(file, { flags: "a", mode: 0o600 });
    // A log that can't be written must not end the app.
    this.#stream.on("error", () => undefined);
  }

  /** These texts are replaced in every later line, also where they stand as JSON or in a URL. */
  hide(secrets: readonly string[]): void {
    const long = secrets.filter((secret) => secret.length >= shortestSecret);
    const spellings = long.flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
    ]);
    this.#secrets = [...new Set(spellings)];
  }

  write(level: LogLevel, category: string, message: string, context: LogContext = {}): void {
    const clean = this.#secrets.reduce((text, secret) => text.replaceAll(secret, "***"), message);
    const record = { time: new Date().toISOString(), level, category, ...context, message: clean };
    this.#stream.write(`${JSON.stringify(record)}\n`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(resolve));
  }
}
