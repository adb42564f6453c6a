import { readFileSync } from "node:fs";
import { Agent, request as send } from "undici";
import { requestSignal } from "../../../../components/plugin/serve";
import { type ApiError, apiError, UnreachableError } from "./errors";
import { isRetriedStatus, retryCount, retryDelay } from "./retry";
import { type Limits, pause, stopReason } from "./time";

/** One HTTP request to an absolute URL. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether this refusal is tried again too, beside those that always are. */
  readonly retryWhen?: (error: ApiError) => boolean;
  /** Refusals that are answers here, such as a 404 of a read. */
  readonly expect?: readonly number[];
}

/** An answer: status, headers in lower case and the parsed body (undefined when empty). */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Sends requests over kept connections and tries again what deserves it. */
export class Transport {
  readonly #agent: Agent;

  constructor(environment: NodeJS.ProcessEnv = process.env) {
    // SSL_CERT_FILE replaces the machine's authorities, as it does for the official plugins.
    const ca = environment.SSL_CERT_FILE;
    this.#agent = new Agent({
      connections: 16,
      ...(ca === undefined || ca === "" ? {} : { connect: { ca: readFileSync(ca, "utf8") } }),
    });
  }

  /** Answers with 2xx or an expected status; throws `ApiError`, `UnreachableError`, or why it was stopped. */
  async send(request: HttpRequest, limits: Limits): Promise<HttpAnswer> {
    const name = `${request.method} ${new URL(request.url).pathname}`;
    const retries = retryCount(limits.deadline - Date.now());
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#once(request, name, limits, attempt < 2);
      if (answer === undefined) continue;
      if ((answer.status >= 200 && answer.status < 300) || request.expect?.includes(answer.status))
        return answer;
      const error = apiError(name, answer.status, answer.body, requestIdOf(answer));
      const again = isRetriedStatus(answer.status) || request.retryWhen?.(error) === true;
      if (!again || attempt >= retries) throw error;
      await pause(retryDelay(attempt, text(answer.headers["retry-after"])), limits, error.message);
    }
  }

  /** One attempt; undefined when a read met a connection that the server had closed and may be tried again. */
  async #once(
    request: HttpRequest,
    name: string,
    limits: Limits,
    mayRepeat: boolean,
  ): Promise<HttpAnswer | undefined> {
    const signal = requestSignal(request.method, limits);
    try {
      const { statusCode, headers, body } = await send(request.url, {
        method: request.method,
        dispatcher: this.#agent,
        signal,
        ...(request.headers === undefined ? {} : { headers: request.headers }),
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      return { status: statusCode, headers, body: parse(await body.text()) };
    } catch (cause) {
      if (signal.aborted) throw stopReason(signal, `${name} had not answered`);
      if (mayRepeat && request.method === "GET" && isDroppedConnection(cause)) return undefined;
      throw new UnreachableError(new URL(request.url).origin, cause);
    }
  }
}

const DROPPED = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

function isDroppedConnection(cause: unknown): boolean {
  return cause instanceof Error && DROPPED.has((cause as NodeJS.ErrnoException).code ?? "");
}

function parse(content: string): unknown {
  if (content === "") return undefined;
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}

function requestIdOf(answer: HttpAnswer): string | undefined {
  return text(answer.headers["request-id"]) ?? text(answer.headers["x-ms-request-id"]);
}

/** A header's single value. */
export function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
