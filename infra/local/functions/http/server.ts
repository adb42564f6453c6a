/** The HTTP side of an app: plain http on loopback; whoever fronts it speaks TLS. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HostLog } from "../log";
import { type Keys, mayCall } from "./access";
import { answer, answerEmpty, type HttpAnswer } from "./answer";
import type { Route } from "./route";

/** Larger requests are refused, as by the platform. */
const sizeLimit = 100 * 1024 * 1024;

/** An HTTP function, or an endpoint of the host itself. */
export interface Endpoint {
  readonly route: Route;
  readonly methods: ReadonlySet<string>;
  readonly level: string;
  call(call: HttpCall): Promise<HttpAnswer>;
}

/** A request that may pass. */
export interface HttpCall {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

export class HttpServer {
  readonly #server: Server;
  #endpoints: readonly Endpoint[] = [];
  #closing = false;

  constructor(
    private readonly keys: Keys,
    private readonly log: HostLog,
    /** Whether the endpoints are complete: until then everything is 503. */
    private readonly isReady: () => boolean,
  ) {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => this.#fail(response, error));
    });
  }

  /** Replaces what is served. */
  serve(endpoints: readonly Endpoint[]): void {
    this.#endpoints = [...endpoints].sort((a, b) =>
      a.route.rank < b.route.rank ? -1 : a.route.rank > b.route.rank ? 1 : 0,
    );
  }

  /** @returns the origin */
  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", () => {
        const address = this.#server.address();
        resolve(`http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);
      });
    });
  }

  /** Answers 503 from now on. */
  refuse(): void {
    this.#closing = true;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#closing || !this.isReady()) return answerEmpty(response, 503);
    const method = request.method ?? "GET";
    const url = urlOf(request);
    const matches = this.#endpoints.flatMap((endpoint) => {
      const params = endpoint.methods.has(method) ? endpoint.route.match(url.pathname) : undefined;
      return params === undefined ? [] : [{ endpoint, params }];
    });
    const [found] = matches;
    if (found === undefined) return answerEmpty(response, 404);
    if (!mayCall(found.endpoint.level, request, url.searchParams, this.keys))
      return answerEmpty(response, 401);
    const call = {
      url,
      method,
      headers: headersOf(request),
      params: found.params,
      body: await bodyOf(request),
    };
    answer(response, await found.endpoint.call(call), method);
  }

  #fail(response: ServerResponse, error: unknown): void {
    const tooLarge = error instanceof TooLargeError;
    if (!tooLarge) this.log.write("error", "host", error instanceof Error ? error.message : String(error));
    answerEmpty(response, tooLarge ? 413 : 500);
  }
}

function urlOf(request: IncomingMessage): URL {
  const protocol = request.headers["x-forwarded-proto"] === "https" ? "https" : "http";
  return new URL(request.url ?? "/", `${protocol}://${request.headers.host ?? "127.0.0.1"}`);
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return Object.fromEntries(pairs);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > sizeLimit) throw new TooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
