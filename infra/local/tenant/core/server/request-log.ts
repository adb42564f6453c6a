import { appendFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";

/** One answered request. No header, no body and no secret is ever part of it. */
export interface LoggedRequest {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string;
  readonly fault?: string;
}

/** A log of more bytes than this is moved aside (one older file is kept). */
const rotateAbove = 64 * 1024 * 1024;
const secretParameter = /secret|assertion|password|token|signature|^sig$|^code$/i;

/** Appends NDJSON to `requests.ndjson`, and defects with their stack to `errors.ndjson`, in batches. */
export class RequestLog {
  readonly #requests: LogFile;
  readonly #errors: LogFile;

  constructor(directory: string) {
    this.#requests = new LogFile(join(directory, "requests.ndjson"));
    this.#errors = new LogFile(join(directory, "errors.ndjson"));
  }

  request(entry: LoggedRequest): void {
    this.#requests.write({ time: new Date().toISOString(), ...entry, query: withoutSecrets(entry.query) });
  }

  /** A defect of the tenant: what the client must not see. */
  defect(requestId: string, error: unknown): void {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#errors.write({ time: new Date().toISOString(), requestId, stack });
  }

  async flush(): Promise<void> {
    await Promise.all([this.#requests.flush(), this.#errors.flush()]);
  }
}

class LogFile {
  readonly #file: string;
  #lines: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #scheduled = false;

  constructor(file: string) {
    this.#file = file;
  }

  write(entry: unknown): void {
    this.#lines.push(`${JSON.stringify(entry)}\n`);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => void this.flush(), 50).unref();
  }

  flush(): Promise<void> {
    this.#scheduled = false;
    const text = this.#lines.splice(0).join("");
    if (text !== "") this.#writing = this.#writing.then(() => this.#append(text));
    return this.#writing;
  }

  /** A full disk or a removed folder must not stop the tenant from answering: the log is then without these lines. */
  async #append(text: string): Promise<void> {
    try {
      await appendFile(this.#file, text, { mode: 0o600 });
      if ((await stat(this.#file)).size > rotateAbove) await rename(this.#file, `${this.#file}.1`);
    } catch (error) {
      process.stderr.write(`The request log can't be written: ${String(error)}\n`);
    }
  }
}

function withoutSecrets(query: string): string {
  if (query === "" || !/secret|assertion|password|token|sig|code/i.test(query)) return query;
  const parameters = new URLSearchParams(query);
  for (const name of [...parameters.keys()]) if (secretParameter.test(name)) parameters.set(name, "***");
  return `?${parameters}`;
}
