import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { isMicrosoftHost } from "./hosts";
import { type Listener, loopback } from "./listener";

/**
 * A CONNECT proxy for clients with fixed host names: connections to Microsoft's hosts that the tenant plays end at
 * the tenant, loopback goes where it says, everything else is refused. TLS passes through untouched.
 */
export async function listenAsProxy(tenantPort: number): Promise<Listener> {
  const sockets = new Set<Duplex>();
  const server = createServer((_request, response) => {
    response.writeHead(405, { "content-type": "application/json" });
    response.end(
      JSON.stringify({ error: { code: "MethodNotAllowed", message: "This proxy takes CONNECT only." } }),
    );
  });
  server.on("connection", (socket: Socket) => track(sockets, socket));
  server.on("connect", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = targetOf(request.url ?? "", tenantPort);
    if (target === undefined) refuse(client);
    else tunnel(client, head, target, sockets);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, loopback, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server, sockets) };
}

/** The loopback port that `host:port` leads to. */
function targetOf(authority: string, tenantPort: number): number | undefined {
  const [host = "", port = ""] = authority.toLowerCase().split(":");
  if (isMicrosoftHost(host)) return tenantPort;
  if (host === loopback || host === "localhost") return Number(port) || undefined;
  return undefined;
}

function refuse(client: Duplex): void {
  const message =
    "The local tenant's proxy leads to Microsoft's hosts that the tenant plays, and to loopback only.";
  client.end(
    `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  );
}

function tunnel(client: Duplex, head: Buffer, port: number, sockets: Set<Duplex>): void {
  const upstream = connect(port, loopback, () => {
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (head.length > 0) upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  track(sockets, upstream);
  upstream.on("error", () => client.destroy());
  upstream.on("close", () => client.destroy());
  client.on("error", () => upstream.destroy());
  client.on("close", () => upstream.destroy());
}

function track(sockets: Set<Duplex>, socket: Socket): void {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
  socket.on("error", () => socket.destroy());
}

async function close(server: Server, sockets: ReadonlySet<Duplex>): Promise<void> {
  server.close();
  for (const socket of sockets) socket.destroy();
}
