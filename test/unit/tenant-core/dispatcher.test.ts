import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Faults } from "../../../infra/local/tenant/core/faults";
import { Dispatcher } from "../../../infra/local/tenant/core/server/dispatcher";
import { RequestLog } from "../../../infra/local/tenant/core/server/request-log";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";

let directory: string;
let tenant: TestTenant;
let faults: Faults;
let log: RequestLog;
let dispatcher: Dispatcher;
let answer: (request: Request) => Response | Promise<Response>;

const origin = "https://127.0.0.1:8443";
const echo = async (service: string, request: Request) =>
  Response.json({
    service,
    path: new URL(request.url).pathname,
    root: request.headers.get("x-service-root"),
    requestId: request.headers.get("request-id"),
    body: await request.text(),
  });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "dispatcher-"));
  tenant = createTestTenant({ now: new Date("2026-03-01T12:00:00Z") });
  faults = new Faults(tenant.store);
  log = new RequestLog(directory);
  answer = (request) => echo("graph", request);
  const served = new Set(["login", "arm", "metadata", "admin"]);
  dispatcher = new Dispatcher({
    clock: tenant.clock,
    faults,
    log,
    services: {
      app: (service) => {
        if (service === "graph") return { fetch: (request) => answer(request) };
        return served.has(service) ? { fetch: (request) => echo(service, request) } : undefined;
      },
      port: (name) => (name === "kv" ? { fetch: (request) => echo("vault", request) } : undefined),
    },
  });
});
afterEach(async () => {
  await log.flush();
  tenant.close();
  rmSync(directory, { recursive: true });
});

const call = (url: string, init: RequestInit = {}, bindings = {}) =>
  dispatcher.handle(new Request(url.startsWith("https:") ? url : `${origin}${url}`, init), bindings);
const json = async (response: Response) => (await response.json()) as Record<string, unknown>;
const logged = async (name = "requests.ndjson") => {
  await log.flush();
  const lines = readFileSync(join(directory, name), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe("routing", () => {
  test.each([
    ["/graph/v1.0/users", "graph", "/v1.0/users", `${origin}/graph`],
    ["/GRAPH//v1.0//Users", "graph", "/v1.0/Users", `${origin}/graph`],
    ["//login/t/oauth2", "login", "/t/oauth2", `${origin}/login`],
    ["/arm", "arm", "/", `${origin}/arm`],
    ["https://localhost:8443/arm/tenants", "arm", "/tenants", "https://localhost:8443/arm"],
    ["https://graph.microsoft.com/v1.0/users", "graph", "/v1.0/users", "https://graph.microsoft.com"],
    ["https://login.microsoftonline.com/t/v2.0", "login", "/t/v2.0", "https://login.microsoftonline.com"],
    ["https://management.azure.com/subscriptions", "arm", "/subscriptions", "https://management.azure.com"],
    [
      "https://management.azure.com/metadata/endpoints",
      "metadata",
      "/endpoints",
      "https://management.azure.com",
    ],
    ["https://kv.vault.azure.net/secrets", "vault", "/secrets", "https://kv.vault.azure.net"],
  ])("%s goes to %s", async (url, service, path, root) => {
    expect(await json(await call(url))).toMatchObject({ service, path, root });
  });

  test.each([
    "/nowhere",
    "/constructor/x",
    "/exchange/x",
    "https://evil.example/graph/v1.0/users",
    "https://other.vault.azure.net/secrets",
  ])("%s is not found, in JSON", async (url) => {
    const response = await call(url);
    expect(response.status).toBe(404);
    expect(await json(response)).toHaveProperty("error.code", "ResourceNotFound");
  });
});

describe("every answer", () => {
  test("has a request id, the client's id, and the tenant's date", async () => {
    const response = await call("/graph/x", {
      headers: { "client-request-id": "mine", "x-service-root": "forged" },
    });
    expect(response.headers.get("client-request-id")).toBe("mine");
    expect(response.headers.get("date")).toBe("Sun, 01 Mar 2026 12:00:00 GMT");
    const { requestId, root } = await json(response);
    expect(response.headers.get("request-id")).toBe(requestId);
    expect(root).toBe(`${origin}/graph`);
  });

  test("is logged without header, body or secret parameter", async () => {
    const headers = { authorization: "Bearer s3cret-token" };
    await call("/graph/v1.0/me?$top=5&client_secret=s3cret", {
      method: "POST",
      headers,
      body: "s3cret-body",
    });
    const [entry] = await logged();
    expect(entry).toMatchObject({ service: "graph", method: "POST", path: "/v1.0/me", status: 200 });
    expect(JSON.stringify(entry)).not.toContain("s3cret");
    expect(entry?.query).toContain("top=5");
  });

  test("of a service that fails is 500 without the cause, which the log has", async () => {
    answer = () => {
      throw new Error("the cause");
    };
    const response = await call("/graph/x");
    expect(response.status).toBe(500);
    expect(JSON.stringify(await json(response))).not.toContain("the cause");
    const [entry] = await logged("errors.ndjson");
    expect(entry?.stack).toContain("the cause");
    expect(entry?.requestId).toBe(response.headers.get("request-id"));
  });

  test("to a body above the limit is 413, declared or not", async () => {
    const large = "x".repeat(70_000);
    const login = await call("/login/t/token", { method: "POST", body: large });
    expect(login.status).toBe(413);
    expect(await json(login)).toHaveProperty("error", "RequestEntityTooLarge");
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1 << 20)),
    });
    const graph = await call("/graph/x", { method: "POST", body, duplex: "half" } as RequestInit);
    expect(graph.status).toBe(413);
  });
});

describe("faults", () => {
  test("hit the requests that match, as often as was said", async () => {
    faults.add({
      service: "graph",
      method: "GET",
      path: "/users$",
      status: 429,
      retryAfter: "7",
      remaining: 2,
    });
    expect((await call("/graph/v1.0/groups")).status).toBe(200);
    expect((await call("/graph/v1.0/users", { method: "POST" })).status).toBe(200);
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await call("/graph/v1.0/Users")).status);
    expect(statuses).toEqual([429, 429, 200]);
    expect(faults.list()).toEqual([]);
  });

  test("answer with header, code and message in the form of the service", async () => {
    faults.add({ service: "*", status: 503, retryAfter: "3", code: "busy", message: "Later." });
    const graph = await call("/graph/x");
    expect(graph.headers.get("retry-after")).toBe("3");
    expect(await json(graph)).toEqual({ error: { code: "busy", message: "Later." } });
    expect(await json(await call("/login/x"))).toMatchObject({ error: "busy", error_description: "Later." });
    expect((await call("https://kv.vault.azure.net/secrets")).status).toBe(503);
  });

  test("never hit the admin endpoint, or it could not be switched off again", async () => {
    faults.add({ service: "*", status: 503 });
    expect((await call("/admin/faults")).status).toBe(200);
  });

  test("can wait and then let the request go on, or cut the connection", async () => {
    faults.add({ service: "graph", delay: 30, remaining: 1 });
    const started = performance.now();
    expect((await call("/graph/x")).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(29);
    let cut = 0;
    faults.add({ service: "graph", drop: true });
    await call("/graph/x", {}, { incoming: { socket: { destroy: () => (cut += 1) } } });
    expect(cut).toBe(1);
  });

  test("outlive a restart and are switched off one by one or together", () => {
    const first = faults.add({ service: "graph", status: 500 });
    faults.add({ service: "arm", status: 500 });
    const again = new Faults(tenant.store);
    expect(again.clear(first.id)).toBe(1);
    expect(again.clear(first.id)).toBe(0);
    expect(again.clear()).toBe(1);
  });
});
