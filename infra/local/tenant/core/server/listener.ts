import { constants, createSecureServer, type Http2SecureServer } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { ServerCertificate } from "../tls/certificates";

/** What a server is given for each request besides the request itself: Node's own request, whose socket can be cut. */
export interface ConnectionBindings {
  readonly incoming?: {
    readonly socket: { destroy(): unknown };
    /** Of HTTP/2 only. */
    readonly stream?: { close(code: number): unknown };
  };
}

/** Breaks a reply off: the connection of HTTP/1.1, the request's own stream of HTTP/2. */
export function breakOff({ incoming }: ConnectionBindings): void {
  if (incoming?.stream === undefined) incoming?.socket.destroy();
  else incoming.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
}

/** Answers a request of a connection. */
export type Handler = (request: Request, bindings: ConnectionBindings) => Promise<Response>;

/** A server that is listening. */
export interface Listener {
  readonly port: number;
  /** Stops accepting, waits for running requests up to the time given in milliseconds, then cuts connections. */
  close(patience?: number): Promise<void>;
}

/** Loopback only: the tenant is nobody else's. */
export const loopback = "127.0.0.1";

/** How long a connection may idle; clients here open one a request and leave it. */
const keepAlive = 5_000;

/** Another process has the port. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";

  constructor(port: number) {
    super(
      `Port ${port} is in use by another program. Stop that program, or choose another port: ` +
        "`tenant start --port <number>` or ENTRA_CONNECTORS_TENANT_PORT=<number> (0 for any free one). " +
        "A tenant whose folder was just deleted ends within seconds: then try again.",
    );
  }
}

/** Serves HTTP/1.1 and HTTP/2 over TLS 1.2 or newer on loopback. Port 0 takes a free one. Throws `PortInUseError`. */
export async function listen(handler: Handler, port: number, tls: ServerCertificate): Promise<Listener> {
  let running = 0;
  const server = createAdaptorServer({
    fetch: async (request: Request, bindings: unknown) => {
      running += 1;
      try {
        return await handler(request, bindings as ConnectionBindings);
      } finally {
        running -= 1;
      }
    },
    hostname: loopback,
    overrideGlobalObjects: false,
    createServer: createSecureServer,
    serverOptions: {
      allowHTTP1: true,
      minVersion: "TLSv1.2",
      cert: tls.certificate,
      key: tls.privateKey,
      settings: { maxConcurrentStreams: 1000 },
    },
  }) as Http2SecureServer;
  const sockets = trackSockets(server);
  await listening(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: async (patience = 2_000) => {
      server.close();
      const deadline = Date.now() + patience;
      while (running > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
      for (const socket of sockets) socket.destroy();
    },
  };
}

function trackSockets(server: Http2SecureServer): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client that vanishes mid-handshake or mid-answer is its own business.
    socket.on("error", () => socket.destroy());
  });
  server.on("session", (session) => session.on("error", () => session.destroy()));
  server.setTimeout(keepAlive * 12);
  return sockets;
}

function listening(server: Http2SecureServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new PortInUseError(port) : error);
    });
    server.listen(port, loopback, () => resolve());
  });
}
