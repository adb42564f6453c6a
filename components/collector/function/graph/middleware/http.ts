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
    const read = await readBody(reply.body, headers);
    const bytes = header(headers, "content-encoding") === "gzip" ? await inflate(read) : read;
    this.counters.bytes += bytes.length;
    this.deadline.took(this.deadline.now() - startedAt);
    exchange.reply = { status, headers, bytes };
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

/** Reads a body into a lent buffer. */
async function readBody(body: AsyncIterable<Uint8Array>, headers: ReplyHeaders): Promise<Buffer> {
  const announced = Number(header(headers, "content-length") ?? 0);
  let buffer = takeBuffer(announced <= longestAnnounced ? announced : 0);
  let length = 0;
  try {
    for await (const chunk of body) {
      if (length + chunk.length > buffer.length) buffer = enlarged(buffer, length, length + chunk.length);
      buffer.set(chunk, length);
      length += chunk.length;
    }
    return buffer.subarray(0, length);
  } catch (error) {
    giveBack(buffer);
    throw error;
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
  } finally {
    giveBack(bytes);
  }
}
