import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FaultRequest, Faults, spoiledReplies } from "../../../infra/local/tenant/core/faults";
import { Dispatcher } from "../../../infra/local/tenant/core/server/dispatcher";
import { RequestLog } from "../../../infra/local/tenant/core/server/request-log";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";

const origin = "https://127.0.0.1:8443";
const first = `${origin}/graph/v1.0/things?$top=4`;
const things = Array.from({ length: 10 }, (_, number) => number);

let directory: string;
let tenant: TestTenant;
let faults: Faults;
let log: RequestLog;
let dispatcher: Dispatcher;
let cuts: number;

interface Page {
  readonly value: readonly number[];
  readonly "@odata.nextLink"?: string;
  readonly "@odata.deltaLink"?: string;
}

/** Ten things, four a page, and a delta link at the end. */
function servePage(request: Request): Response {
  const url = new URL(request.url);
  expect(url.search).not.toContain("tenant-page");
  const from = Number(url.searchParams.get("$skiptoken") ?? 0);
  const link = from + 4 < things.length ? "@odata.nextLink" : "@odata.deltaLink";
  return Response.json({ [link]: `${first}&$skiptoken=${from + 4}`, value: things.slice(from, from + 4) });
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "spoil-"));
  tenant = createTestTenant({ now: new Date("2026-03-01T12:00:00Z") });
  faults = new Faults(tenant.store);
  log = new RequestLog(directory);
  cuts = 0;
  dispatcher = new Dispatcher({
    clock: tenant.clock,
    faults,
    log,
    services: {
      app: (service) => (service === "graph" ? { fetch: servePage } : undefined),
      port: () => undefined,
    },
  });
});
afterEach(async () => {
  await log.flush();
  tenant.close();
  rmSync(directory, { recursive: true });
});

const get = (url: string) =>
  dispatcher.handle(new Request(url), { incoming: { socket: { destroy: () => (cuts += 1) } } });

async function readAll(
  most = 20,
): Promise<{ readonly pages: readonly (readonly number[])[]; readonly ended: boolean }> {
  const pages: (readonly number[])[] = [];
  for (let next: string | undefined = first; next !== undefined; ) {
    if (pages.length === most) return { pages, ended: false };
    const page = (await (await get(next)).json()) as Page;
    pages.push(page.value);
    next = page["@odata.nextLink"];
  }
  return { pages, ended: true };
}

const add = (fault: Omit<FaultRequest, "service">) => faults.add({ service: "graph", ...fault });

describe("spoiled pages", () => {
  test.each([
    ["empty-page", [[0, 1, 2, 3], [], [4, 5, 6, 7], [8, 9]]],
    [
      "short-page",
      [
        [0, 1, 2, 3],
        [4, 5],
        [6, 7],
        [8, 9],
      ],
    ],
    [
      "duplicate-page",
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [4, 5, 6, 7],
        [8, 9],
      ],
    ],
    [
      "swapped-pages",
      [
        [0, 1, 2, 3],
        [8, 9],
        [4, 5, 6, 7],
      ],
    ],
  ] as const)("%s still leads to everything", async (reply, expected) => {
    add({ reply, skip: 1, remaining: 1 });
    expect(await readAll()).toEqual({ pages: expected, ended: true });
  });

  test("looping-link leads nowhere, as long as the fault lasts", async () => {
    const fault = add({ reply: "looping-link", query: "skiptoken=4" });
    const { pages, ended } = await readAll();
    expect(ended).toBe(false);
    expect(pages.slice(1)).toEqual(new Array(19).fill([4, 5, 6, 7]));
    faults.clear(fault.id);
    expect((await readAll()).ended).toBe(true);
  });
});

describe("spoiled replies", () => {
  test.each(["truncated", "malformed"] as const)("%s is no JSON", async (reply) => {
    add({ reply });
    const response = await get(first);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  test("error-in-200 is an error all the same", async () => {
    add({ reply: "error-in-200", code: "serviceNotAvailable" });
    const response = await get(first);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ error: { code: "serviceNotAvailable" } });
  });

  test("reset sends half and cuts the connection", async () => {
    add({ reply: "reset" });
    const response = await get(first);
    const reader = response.body?.getReader();
    const half = await reader?.read();
    expect(half?.value?.length).toBe(Math.floor(Number(response.headers.get("content-length")) / 2));
    await expect.poll(() => cuts).toBe(1);
  });

  test.each(spoiledReplies)("%s spares what is no page", async (reply) => {
    add({ reply });
    const response = await get(`${origin}/arm/nothing`);
    expect(response.status).toBe(404);
  });
});

test("Retry-After is sent as it was given, or as a date of the tenant's clock", async () => {
  const decimal = add({ status: 429, retryAfter: "1.5" });
  expect((await get(first)).headers.get("retry-after")).toBe("1.5");
  faults.clear(decimal.id);
  add({ status: 429, retryAfterDate: 125 });
  expect((await get(first)).headers.get("retry-after")).toBe("Sun, 01 Mar 2026 12:02:05 GMT");
});

test("a fault can be for the third request of those that match, and only for it", async () => {
  add({ status: 503, path: "^/V1.0/things$", query: "\\$top=4", skip: 2, remaining: 1 });
  const statuses: number[] = [];
  for (let request = 0; request < 5; request += 1) statuses.push((await get(first)).status);
  expect(statuses).toEqual([200, 200, 503, 200, 200]);
});
