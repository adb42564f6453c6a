import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useProxy } from "../../../scripts/lib/proxy";

const dispatcher = getGlobalDispatcher();
const servers: Server[] = [];

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A proxy that notes where it was asked to connect. */
function proxyServer(asked: string[]): Server {
  return createServer().on("connect", ({ url = "" }, socket) => {
    asked.push(url);
    const [host, port] = url.split(":");
    const onward = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    socket.on("error", () => onward.destroy());
    onward.on("error", () => socket.destroy());
  });
}

describe("the machine's proxy", () => {
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];
  beforeEach(() => {
    for (const name of names) vi.stubEnv(name, undefined);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    setGlobalDispatcher(dispatcher);
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it("is used by fetch, but for hosts that need none", async () => {
    const asked: string[] = [];
    const service = await listen(createServer((_request, response) => response.end("here")));
    vi.stubEnv("HTTP_PROXY", await listen(proxyServer(asked)));
    await useProxy();
    expect(await (await fetch(service)).text()).toBe("here");
    expect(asked).toEqual([new URL(service).host]);

    vi.stubEnv("NO_PROXY", "127.0.0.1");
    await useProxy();
    expect(await (await fetch(service)).text()).toBe("here");
    expect(asked).toHaveLength(1);
  });

  it("is not looked for where none is set", async () => {
    await useProxy();
    expect(getGlobalDispatcher()).toBe(dispatcher);
  });
});
