/** The local tenant as a process: started, found running, killed, stopped; and what its sockets take. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { get } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAlive } from "../../infra/local/tenant/core/endpoint";
import {
  AdminClient,
  type Endpoint,
  startTenant,
  stopTenant,
  tenantStatus,
} from "../../infra/local/tenant/process";
import { runTenant } from "../../infra/local/tenant/tenant";

const seed = { users: 20, groups: 4, seed: 1 };
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tenant-process-"));
});
afterEach(async () => {
  await stopTenant({ directory });
  rmSync(directory, { recursive: true });
});

const start = () => startTenant({ directory, port: 0, seed });
const ca = ({ caFile }: Endpoint) => readFileSync(caFile, "utf8");

async function kill({ pid }: Endpoint): Promise<void> {
  process.kill(pid, "SIGKILL");
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Status and body of a GET by HTTP/1.1 on a connection of its own. */
function getHttp1(endpoint: Endpoint, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(`${endpoint.origin}${path}`, { ca: ca(endpoint), agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    }).on("error", reject);
  });
}

describe("the process", () => {
  test("of two starts at once is one; a third finds it running", async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect([first.alreadyRunning, second.alreadyRunning].sort()).toEqual([false, true]);
    expect(first.endpoint).toEqual(second.endpoint);
    expect((await start()).alreadyRunning).toBe(true);
  });

  test("is stopped, and stopping again is no error", async () => {
    const { endpoint } = await start();
    expect(await stopTenant({ directory })).toBe(true);
    expect(isAlive(endpoint.pid)).toBe(false);
    expect(existsSync(join(directory, "endpoint.json"))).toBe(false);
    expect(await stopTenant({ directory })).toBe(false);
    expect(await tenantStatus({ directory })).toBeUndefined();
  });

  test("killed and started again has its state, its keys, its clock and its deployer", async () => {
    const { endpoint } = await start();
    const admin = AdminClient.of(directory);
    await admin.call("POST", "/clock/advance", { milliseconds: 86_400_000 });
    await admin.call("POST", "/faults", { service: "graph", status: 503 });
    const before = await tenantStatus({ directory });
    const caBefore = ca(endpoint);
    await kill(endpoint);
    expect(await tenantStatus({ directory })).toBeUndefined();
    const again = await start();
    const after = await tenantStatus({ directory });
    expect(again.alreadyRunning).toBe(false);
    expect(after).toMatchObject({ objects: before?.objects, faults: 1, deployer: before?.deployer });
    expect(after?.clock.offset).toBe(86_400_000);
    expect(ca(again.endpoint)).toBe(caBefore);
  });

  test("reset has a new deployer secret and none of the old state", async () => {
    await start();
    const admin = AdminClient.of(directory);
    const secret = () => readFileSync(join(directory, "deployer-secret"), "utf8");
    const before = secret();
    await admin.call("POST", "/faults", { service: "graph", status: 503 });
    await admin.call("POST", "/reset");
    expect(secret()).not.toBe(before);
    expect(await tenantStatus({ directory })).toMatchObject({ faults: 0, objects: { users: 300 } });
  });

  test("keeps every file to its owner, and no secret in state or logs", async () => {
    const { endpoint } = await start();
    await getHttp1(endpoint, "/metadata/endpoints");
    const secret = readFileSync(join(directory, "deployer-secret"), "utf8");
    const adminKey = readFileSync(join(directory, "admin-key"), "utf8");
    await stopTenant({ directory });
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files.map(({ name }) => name)).toContain("requests.ndjson");
    for (const { name, parentPath } of files) {
      const file = join(parentPath, name);
      expect(statSync(file).mode & 0o077, name).toBe(0);
      const text = readFileSync(file, "utf8");
      if (name !== "deployer-secret") expect(text, name).not.toContain(secret);
      if (name !== "admin-key") expect(text, name).not.toContain(adminKey);
    }
  });

  test("says which port is in use and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startTenant({ directory, port, seed })).rejects.toThrow(
      new RegExp(`Port ${port} is in use .*--port`),
    );
    other.close();
    expect((await start()).alreadyRunning).toBe(false);
  });

  test("ends, and gives its port back, when its folder is deleted", async () => {
    const { endpoint } = await start();
    rmSync(directory, { recursive: true, force: true });
    await expect.poll(() => isAlive(endpoint.pid), { timeout: 10_000, interval: 200 }).toBe(false);
    const port = Number(new URL(endpoint.origin).port);
    expect((await startTenant({ directory, port, seed })).endpoint.origin).toBe(endpoint.origin);
  });

  test("refuses a damaged state and says how to begin anew", async () => {
    const { endpoint } = await start();
    await kill(endpoint);
    const journal = join(directory, "state", "journal-0.ndjson");
    writeFileSync(journal, readFileSync(journal, "utf8").replace('"put"', '"pot"'));
    await expect(start()).rejects.toThrow("tenant reset");
  });
});

describe("connections", () => {
  test("take HTTP/1.1, one connection a request, and many requests at once by HTTP/2", async () => {
    const { endpoint } = await start();
    const answers = await Promise.all(Array.from({ length: 30 }, () => getHttp1(endpoint, "/admin/ready")));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const session = connectHttp2(endpoint.origin, { ca: ca(endpoint) });
    const statuses = await Promise.all(
      Array.from({ length: 200 }, () => {
        const stream = session.request({ ":path": "/admin/ready" });
        return new Promise<unknown>((resolve, reject) => {
          stream.on("response", (headers) => resolve(headers[":status"])).on("error", reject);
          stream.resume();
        });
      }),
    );
    // A session that still closes when the tenant ends would meet a reset.
    await new Promise<void>((resolve) => session.close(resolve));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test("older than TLS 1.2 are refused", async () => {
    const { endpoint } = await start();
    const { hostname, port } = new URL(endpoint.origin);
    const handshake = new Promise((resolve, reject) => {
      const options = {
        host: hostname,
        port: Number(port),
        ca: ca(endpoint),
        maxVersion: "TLSv1.1" as const,
      };
      const socket = connectTls({ ...options, minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" }, () => {
        socket.destroy();
        resolve(socket.getProtocol());
      });
      socket.on("error", reject);
    });
    await expect(handshake).rejects.toThrow();
  });

  test("are cut by a fault, and the next request is answered", async () => {
    const { endpoint } = await start();
    await AdminClient.of(directory).call("POST", "/faults", {
      service: "metadata",
      drop: true,
      remaining: 1,
    });
    await expect(getHttp1(endpoint, "/metadata/endpoints")).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await getHttp1(endpoint, "/metadata/endpoints")).status).toBe(200);
  });

  test("of clients that talk nonsense do no harm", async () => {
    const { endpoint } = await start();
    const { hostname, port } = new URL(endpoint.origin);
    await new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end("GET / HTTP/1.1\r\n\r\n"));
      socket.on("error", resolve).on("close", resolve);
    });
    await new Promise((resolve) => {
      const socket = connectTls({ host: hostname, port: Number(port), ca: ca(endpoint) }, () => {
        socket.end("NONSENSE\r\n\r\n");
      });
      socket.on("error", resolve).on("close", resolve).resume();
    });
    expect((await getHttp1(endpoint, "/admin/ready")).status).toBe(200);
  });

  test("through the proxy lead to Microsoft's hosts and loopback only", async () => {
    const { endpoint } = await start();
    const { hostname, port } = new URL(endpoint.proxy);
    const ask = (target: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
        });
        socket.once("data", (data) => {
          socket.destroy();
          resolve(data.toString().split("\r\n")[0] ?? "");
        });
        socket.on("error", reject);
      });
    expect(await ask("graph.microsoft.com:443")).toContain("200");
    expect(await ask("my-vault.vault.azure.net:443")).toContain("200");
    expect(await ask("example.com:443")).toContain("403");
  });
});

test("a vault's port is kept over a restart, and given up when the vault is closed", async () => {
  const options = { directory, port: 0, seed };
  const app = { fetch: () => Response.json({ vault: "kv" }) };
  const first = await runTenant(options);
  const origin = await first.tenant.ports.open("KV", app);
  const answer = await getHttp1({ ...first.endpoint, origin }, "/secrets");
  expect(answer).toMatchObject({ status: 200, body: '{"vault":"kv"}' });
  await first.stop();
  const second = await runTenant(options);
  expect(second.tenant.ports.origin("kv")).toBe(origin);
  expect(await second.tenant.ports.open("kv", app)).toBe(origin);
  await second.tenant.ports.close("kv");
  expect(second.tenant.ports.origin("kv")).toBeUndefined();
  await expect(getHttp1({ ...second.endpoint, origin }, "/secrets")).rejects.toThrow("ECONNREFUSED");
  await expect(runTenant(options)).rejects.toThrow("already runs");
  await second.stop();
});
