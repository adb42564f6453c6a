import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Operation, requestSignal } from "../serve";

/** Version of the Key Vault data plane ("Certificates" of the Key Vault REST API reference). */
const API_VERSION = "7.4";
const RETRIES = 5;
const RETRIED_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** An answer of the vault that says no. */
class VaultError extends Error {
  override readonly name = "VaultError";

  constructor(
    request: string,
    readonly status: number,
    code: string,
    text: string,
    requestId: string | null,
  ) {
    const advice =
      status === 403 ? " The deployer needs the role Key Vault Certificates Officer on the vault." : "";
    super(
      `${request} answered ${status} ${code}: ${text}${requestId ? ` (request id ${requestId})` : ""}.${advice}`,
    );
  }
}

/** Thrown when the vault can't be reached. */
class VaultUnreachableError extends Error {
  override readonly name = "VaultUnreachableError";
}

/** The data plane of one vault, within one operation. */
export class VaultClient {
  constructor(
    private readonly root: string,
    private readonly token: () => Promise<string>,
    private readonly operation: Operation,
  ) {}

  /** The parsed body; undefined for a 404 of a read or a delete. Throws `VaultError`. */
  async call(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown> {
    const name = `${method} ${this.root}${path}`;
    for (let attempt = 0; ; attempt += 1) {
      const response = await this.#send(method, path, body);
      if (response.ok) return response.status === 204 ? undefined : response.json();
      if (response.status === 404 && method !== "POST") return undefined;
      if (!RETRIED_STATUSES.has(response.status) || attempt === RETRIES)
        throw await vaultError(name, response);
      await this.pause(delayOf(response, attempt));
    }
  }

  /** Waits, unless the operation is stopped. */
  async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.operation.signal });
  }

  async #send(method: string, path: string, body: unknown): Promise<Response> {
    const authorization = `Bearer ${await this.token()}`;
    const signal = requestSignal(method, this.operation);
    try {
      return await fetch(`${this.root}${path}?api-version=${API_VERSION}`, {
        method,
        headers: { authorization, "content-type": "application/json" },
        signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw new VaultUnreachableError(
        `The vault ${this.root} does not answer. Check vaultUri, the vault's network rules and your connection.`,
        { cause },
      );
    }
  }
}

async function vaultError(request: string, response: Response): Promise<VaultError> {
  const parsed = errorBody.safeParse(await response.json().catch(() => undefined));
  const { code, message } = parsed.success ? parsed.data.error : { code: "Error", message: "no message" };
  return new VaultError(
    request,
    response.status,
    code,
    message.replace(/\.$/, ""),
    response.headers.get("x-ms-request-id"),
  );
}

function delayOf(response: Response, attempt: number): number {
  const seconds = Number(response.headers.get("retry-after"));
  return seconds > 0 ? seconds * 1000 : 2 ** attempt * 500;
}
