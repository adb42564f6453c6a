import type { ServerResponse } from "node:http";
import type { HttpData } from "../worker/protocol";

/** What an endpoint answers. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer that is JSON. */
export function jsonAnswer(status: number, value: unknown): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** The answer that a function's response means; one without a response is 204. */
export function answerOf(http: HttpData | undefined): HttpAnswer {
  if (http === undefined) return { status: 204, headers: {}, body: Buffer.alloc(0) };
  const { body } = http;
  const bytes = body?.bytes ?? Buffer.from(body?.string ?? body?.json ?? "");
  return { status: Number(http.statusCode ?? 200), headers: http.headers ?? {}, body: Buffer.from(bytes) };
}

export function answer(
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
  method: string,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status !== 204 && status !== 304) response.setHeader("content-length", body.length);
  response.writeHead(status);
  response.end(method === "HEAD" ? undefined : body);
}

export function answerEmpty(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { "content-length": 0 }).end();
}
