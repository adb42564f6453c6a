/** Sends one request over the process's pool and reads the reply to its end. */
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Agent } from "undici";
import { Beginning } from "./beginning";
import { header, MalformedReplyError, type RawReply, type ReplyHeaders } from "./exchange";
import { giveBack, takeBuffer } from "./middleware/body-buffers";

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

/** Loads the pool while others wait for a token: it takes long. */
export function preparePool(): void {
  setImmediate(() => {
    pool ??= loadPool();
    pool.catch(() => {});
  });
}

/** A longer announcement is not believed. */
const longestAnnounced = 64 * 1024 * 1024;

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** Beside those that every request has. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** Told of the first bytes of a reply with status 200 while the rest is on its way; lent for the call. */
  readonly begun?: ((bytes: Buffer) => void) | undefined;
}

/** @throws what undici throws, MalformedReplyError, or the signal's reason */
export async function sendOnce({
  method,
  url,
  headers,
  body,
  signal,
  begun,
}: HttpRequest): Promise<RawReply> {
  pool ??= loadPool();
  const { agent, request } = await pool;
  const reply = await request(url, {
    dispatcher: agent,
    method,
    headers: {
      accept: "application/json",
      "accept-encoding": "gzip",
      "user-agent": "entra-connectors",
      ...headers,
    },
    signal,
    ...(body !== undefined && { body }),
  });
  const compressed = header(reply.headers, "content-encoding") === "gzip";
  const beginning = reply.statusCode === 200 && begun ? new Beginning(begun, compressed) : undefined;
  const read = await readBody(reply.body, reply.headers, beginning);
  const bytes = compressed ? await inflate(read) : read;
  return { status: reply.statusCode, headers: reply.headers, bytes };
}

/** Reads a body into a lent buffer. */
async function readBody(
  body: AsyncIterable<Uint8Array>,
  headers: ReplyHeaders,
  beginning: Beginning | undefined,
): Promise<Buffer> {
  const announced = Number(header(headers, "content-length") ?? 0);
  let buffer = takeBuffer(announced <= longestAnnounced ? announced : 0);
  let length = 0;
  try {
    for await (const chunk of body) {
      if (length + chunk.length > buffer.length) buffer = enlarged(buffer, length, length + chunk.length);
      buffer.set(chunk, length);
      length += chunk.length;
      beginning?.grown(buffer.subarray(0, length));
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
