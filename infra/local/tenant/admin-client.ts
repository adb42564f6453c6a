import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Agent, fetch } from "undici";
import { z } from "zod";
import { type Endpoint, readEndpoint } from "./core/endpoint";

/** No tenant runs where one is needed. */
export class TenantNotRunningError extends Error {
  override readonly name = "TenantNotRunningError";

  constructor() {
    super("The local tenant is not running. Start it: npm run -s cli -- tenant start");
  }
}

/** The tenant refused what its admin endpoint was asked, or did not answer as it should. */
export class TenantAdminError extends Error {
  override readonly name = "TenantAdminError";
}

const failureSchema = z.object({ error: z.object({ message: z.string() }) });

/** Steers the tenant of a folder by its admin endpoint. */
export class AdminClient {
  readonly endpoint: Endpoint;
  readonly #directory: string;

  private constructor(directory: string, endpoint: Endpoint) {
    this.#directory = directory;
    this.endpoint = endpoint;
  }

  /** @throws TenantNotRunningError */
  static of(directory: string): AdminClient {
    const endpoint = readEndpoint(directory);
    if (endpoint === undefined) throw new TenantNotRunningError();
    return new AdminClient(directory, endpoint);
  }

  /**
   * Calls `/admin{path}` and answers the JSON of the reply (undefined for none).
   * @param timeout milliseconds; seeding a large directory takes minutes
   * @throws TenantAdminError | TenantNotRunningError
   */
  async call(method: string, path: string, body?: unknown, timeout = 600_000): Promise<unknown> {
    const dispatcher = new Agent({ connect: { ca: this.#read(this.endpoint.caFile) } });
    try {
      const response = await fetch(`${this.endpoint.origin}/admin${path}`, {
        method,
        headers: { "x-admin-key": this.#read(join(this.#directory, "admin-key")) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeout),
        dispatcher,
      });
      const text = await response.text();
      const json: unknown = text === "" ? undefined : JSON.parse(text);
      if (response.ok) return json;
      throw new TenantAdminError(
        failureSchema.safeParse(json).data?.error.message ?? `HTTP ${response.status}`,
      );
    } catch (error) {
      throw error instanceof TenantAdminError ? error : unreachable(this.endpoint, error);
    } finally {
      await dispatcher.destroy();
    }
  }

  #read(file: string): string {
    return readFileSync(file, "utf8");
  }
}

function unreachable(endpoint: Endpoint, error: unknown): TenantAdminError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TenantAdminError(
    `The local tenant at ${endpoint.origin} (process ${endpoint.pid}) does not answer: ${reason}. ` +
      "Wait if it is busy, or stop and start it: npm run -s cli -- tenant stop",
  );
}
