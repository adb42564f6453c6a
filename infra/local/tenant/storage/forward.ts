import { Readable } from "node:stream";
import type { Agent, Dispatcher } from "undici";
import { request as send } from "undici";

/** Headers that concern one connection and are never passed on. */
const perConnection = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
]);

/** Where a request goes on to, and what is changed on its way. */
export interface ForwardOptions {
  readonly agent: Agent;
  /** Set instead of what the client sent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Names of headers that stay here. */
  readonly without?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
}

/** Sends a request on to another server and answers what that one does; both bodies are streamed. */
export async function forward(request: Request, url: string, options: ForwardOptions): Promise<Response> {
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    if (!perConnection.has(name) && options.without?.has(name) !== true) headers[name] = value;
  }
  Object.assign(headers, options.headers);
  const answer = await send(url, {
    method: request.method as Dispatcher.HttpMethod,
    headers,
    body: request.body === null ? null : Readable.fromWeb(request.body as never),
    dispatcher: options.agent,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  return toResponse(request.method, answer);
}

function toResponse(method: string, answer: Dispatcher.ResponseData): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined || perConnection.has(name)) continue;
    for (const single of Array.isArray(value) ? value : [value]) headers.append(name, single);
  }
  const { statusCode: status } = answer;
  if (method === "HEAD" || status === 204 || status === 304) {
    void answer.body.dump();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(answer.body) as never, { status, headers });
}
