/** A loopback HTTP server that answers as a test says, and a reader of it on a clock that jumps over every wait. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import type { GraphReader } from "../../../components/collector/function/graph/client";
import type { GraphEvent } from "../../../components/collector/function/graph/figures";
import {
  createGraphReader,
  type GraphReaderOptions,
} from "../../../components/collector/function/graph/reader";
import type { Timing } from "../../../components/collector/function/graph/timing";

/** A reply as a test writes it; a function takes over the socket. */
export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | ((response: ServerResponse) => unknown);

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
  /** On the test's clock. */
  readonly at: number;
}

export interface Fake {
  readonly origin: string;
  readonly seen: Seen[];
}

/** Time that passes only when somebody waits. */
export class JumpingClock implements Timing {
  readonly waits: number[] = [];
  private time = Date.parse("2026-05-01T12:00:00Z");

  now(): number {
    return this.time;
  }

  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.waits.push(milliseconds);
    const until = this.time + milliseconds;
    await new Promise((resolve) => setImmediate(resolve));
    this.time = Math.max(this.time, until);
  }

  random(): number {
    return 0.5;
  }
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Starts a server; it stops when the test ends. */
export async function fakeGraph(
  clock: Timing,
  answer: (request: Seen, count: number) => Answer,
): Promise<Fake> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const entry: Seen = {
        method: request.method ?? "",
        path: request.url ?? "",
        token: request.headers.authorization,
        body: body === "" ? undefined : JSON.parse(body),
        at: clock.now(),
      };
      seen.push(entry);
      reply(response, answer(entry, seen.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function reply(response: ServerResponse, answer: Answer): void {
  if (typeof answer === "function") {
    void answer(response);
    return;
  }
  const { status = 200, headers = {}, body } = answer;
  response.writeHead(status, {
    "content-type": "application/json",
    "request-id": "request-1",
    date: "",
    ...headers,
  });
  response.end(typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** A credential whose tokens are numbered and live an hour. */
export function numberedCredential(clock: Timing) {
  let count = 0;
  let kept: string | undefined;
  return {
    get tokens() {
      return count;
    },
    forget() {
      kept = undefined;
    },
    async getToken() {
      kept ??= `token-${++count}`;
      return { token: kept, expiresOnTimestamp: clock.now() + 3_600_000 };
    },
  };
}

/** A reader of the fake service and what it told its log. */
export function readerOf(
  fake: Fake,
  clock: Timing,
  options: Partial<GraphReaderOptions> = {},
): { readonly reader: GraphReader; readonly events: GraphEvent[] } {
  const events: GraphEvent[] = [];
  const reader = createGraphReader({
    cloud: { graph: fake.origin, graphHosts: [] },
    credential: numberedCredential(clock),
    tenantId: "tenant",
    clientId: "client",
    timing: clock,
    log: (event) => events.push(event),
    ...options,
  });
  return { reader, events };
}

/** All items of all pages. */
export async function all<Item>(
  pages: AsyncIterable<{ readonly items: readonly Item[] }>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}
