/** The last middleware: sends one request over the process's pool and reads the reply to its end. */
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import type { Agent } from "undici";
import type { Deadline } from "../deadline";
import { type Exchange, exchangeOf, header, MalformedReplyError, type ReplyHeaders } from "../exchange";
import type { Counters } from "../figures";
import { giveBack, takeBuffer } from "./body-buffers";

const unzip = promisify(gunzip);

/** One pool a process: connections outlive readers. Loaded at the first request, to keep the cold start short. */
let pool: Promise<{ readonly agent: Agent; readonly request: typeof import("undici").request }> | undefined;

async function loadPool() {
  const { Agent, request } = await import("undici");
  const agent = new Agent({
    connections: 24,
    keepAliveTimeout: 30_000,
    keepAliveMaxTimeout: 120_000,
    connect: { timeout: 15_000 },
    headersTimeout: 120_000,
    bodyTimeout: 60_000,
  });
  return { agent, request };
}

/** A longer announcement is not believed. */
const longestAnnounced = 64 * 1024 * 1024;

export class HttpMiddleware implements Middleware {
  constructor(
    private readonly counters: Counters,
    private readonly deadline: Deadline,
  ) {}

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    pool ??= loadPool();
    const { agent, request } = await pool;
    const startedAt = this.deadline.now();
    this.counters.requests++;
    const { call, signal } = exchange;
    const reply = await request(call.url, {
      dispatcher: agent,
      method: call.method,
      headers: headersOf(exchange),
      signal,
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    const { statusCode: status, headers } = reply;
    const body = await readBody(reply.body, headers, async (bytes) => {
      const plain = header(headers, "content-encoding") === "gzip" ? await inflate(bytes) : bytes;
      this.counters.bytes += plain.length;
      return parse(plain, status);
    });
    this.deadline.took(this.deadline.now() - startedAt);
    exchange.reply = { status, headers, body };
  }
}

/** Counts are answered to requests that accept a moment's delay only ("Advanced query capabilities"). */
const isCount = (url: string): boolean => /\/\$count(\?|$)/.test(url);

function headersOf(exchange: Exchange): Record<string, string> {
  return {
    ...(isCount(exchange.call.url) && { consistencylevel: "eventual" }),
    accept: "application/json",
    "accept-encoding": "gzip",
    "user-agent": "entra-connectors",
    ...(exchange.token !== undefined && { authorization: `Bearer ${exchange.token}` }),
    ...(exchange.call.body !== undefined && { "content-type": "application/json" }),
  };
}

/** Reads a body into a buffer that is lent to `use` until its promise settles. */
async function readBody<Output>(
  body: AsyncIterable<Uint8Array>,
  headers: ReplyHeaders,
  use: (bytes: Buffer) => Promise<Output>,
): Promise<Output> {
  const announced = Number(header(headers, "content-length") ?? 0);
  let buffer = takeBuffer(announced <= longestAnnounced ? announced : 0);
  try {
    let length = 0;
    for await (const chunk of body) {
      if (length + chunk.length > buffer.length) buffer = enlarged(buffer, length, length + chunk.length);
      buffer.set(chunk, length);
      length += chunk.length;
    }
    return await use(buffer.subarray(0, length));
  } finally {
    giveBack(buffer);
  }
}

function enlarged(buffer: Buffer, length: number, needed: number): Buffer {
  const larger = takeBuffer(Math.max(needed, 2 * buffer.length));
  buffer.copy(larger, 0, 0, length);
  giveBack(buffer);
  return larger;
}

async function inflate(bytes: Buffer): Promise<Buffer> {
  try {
    return await unzip(bytes);
  } catch (cause) {
    throw new MalformedReplyError("the compressed reply is damaged", { cause });
  }
}

/** JSON of the body. What a gateway writes with an error need not be JSON; what comes with 200 must be. */
function parse(bytes: Buffer, status: number): unknown {
  const text = bytes.toString("utf8");
  if (text === "") return undefined;
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    if (status !== 200) return undefined;
    throw new MalformedReplyError("the reply is not JSON, or was cut off", { cause });
  }
}
