/** Conditions and faults of the local tenant as clients meet them on sockets, and what tests learn of its contents. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AdminClient } from "../../infra/local/tenant/admin-client";
import { noDelays } from "../../infra/local/tenant/core/replication";
import { openDirectory } from "../../infra/local/tenant/directory/open";
import { type RunningTenant, runTenant } from "../../infra/local/tenant/tenant";

let directory: string;
let running: RunningTenant;
let admin: AdminClient;
let authorization: string;
let clients: readonly Agent[];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "tenant-conditions-"));
  running = await runTenant({
    directory,
    port: 0,
    delays: noDelays,
    seed: { users: 300, groups: 20, memberships: 2_000, largestGroup: 150, seed: 1 },
    throttling: false,
    latency: 40,
  });
  admin = AdminClient.of(directory);
  const { endpoint, tenant } = running;
  const seconds = Math.floor(tenant.clock.now() / 1000);
  authorization = `Bearer ${await tenant.tokens.sign({
    aud: `${endpoint.origin}/graph`,
    tid: endpoint.tenantId,
    oid: "reader",
    appid: "reader",
    roles: ["Directory.Read.All"],
    nbf: seconds,
    exp: seconds + 3_600,
  })}`;
  const ca = readFileSync(endpoint.caFile, "utf8");
  clients = [new Agent({ connect: { ca } }), new Agent({ connect: { ca }, allowH2: true })];
});
afterAll(async () => {
  for (const client of clients) await client.destroy();
  await running.stop();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  await admin.call("DELETE", "/faults");
});

const get = (path: string, dispatcher = clients[0]) =>
  request(`${running.endpoint.origin}/graph/v1.0${path}`, {
    headers: { authorization },
    ...(dispatcher !== undefined && { dispatcher }),
  });

describe("conditions", () => {
  test("latency and throttling are as the tenant was started with, and can be switched", async () => {
    expect(await admin.call("GET", "/conditions")).toEqual({ throttling: false, latency: 40 });
    const timed = async (): Promise<number> => {
      const started = performance.now();
      await (await get("/organization")).body.dump();
      return performance.now() - started;
    };
    await timed();
    expect(await timed()).toBeGreaterThanOrEqual(40);
    await admin.call("PUT", "/conditions", { latency: 0 });
    await timed();
    const times = [await timed(), await timed(), await timed()];
    expect(Math.min(...times)).toBeLessThan(40);
  });

  test("budgets hold only while throttling is on", async () => {
    const statuses = async (): Promise<ReadonlySet<number>> => {
      const found = new Set<number>();
      for (let count = 0; count < 8; count += 1) {
        const { statusCode, body } = await get("/identityProtection/riskyUsers");
        await body.dump();
        found.add(statusCode);
      }
      return found;
    };
    expect(await statuses()).toEqual(new Set([403]));
    const { status } = await admin.call("GET", "/status").then((all) => ({ status: all }));
    expect(status).toMatchObject({ conditions: { throttling: false, latency: 0 } });
  });
});

describe("faults on sockets", () => {
  test.each([
    ["HTTP/1.1", 0],
    ["HTTP/2", 1],
  ] as const)(
    "%s: a reply that is reset within its body fails, and the next one is whole",
    async (_, which) => {
      await admin.call("POST", "/faults", { service: "graph", reply: "reset", remaining: 1 });
      const broken = await get("/users?$top=200", clients[which]);
      expect(broken.statusCode).toBe(200);
      const outcome = await broken.body.text().then(
        () => "whole",
        () => "broken",
      );
      expect(outcome).toBe("broken");
      const whole = (await (await get("/users?$top=200", clients[which])).body.json()) as {
        value: unknown[];
      };
      expect(whole.value).toHaveLength(200);
    },
  );

  test("pages that are spoiled lead on over the tenant's own links", async () => {
    for (const reply of ["short-page", "empty-page", "duplicate-page", "swapped-pages"]) {
      await admin.call("POST", "/faults", {
        service: "graph",
        path: "/users$",
        reply,
        skip: 1,
        remaining: 1,
      });
      const ids = new Set<string>();
      let next: string | undefined = "/users?$select=id&$top=50";
      while (next !== undefined) {
        const page = (await (await get(next)).body.json()) as {
          value: readonly { id: string }[];
          "@odata.nextLink"?: string;
        };
        for (const { id } of page.value) ids.add(id);
        const link: string | undefined = page["@odata.nextLink"];
        next = link?.slice(link.indexOf("/v1.0") + 5);
      }
      expect(ids.size, reply).toBe(300);
    }
  });
});

test("the admin endpoint tells every key that there is, before and after churn", async () => {
  const keys = async (list: string): Promise<readonly string[]> => {
    const { caFile, origin } = running.endpoint;
    const response = await request(`${origin}/admin/objects/${list}`, {
      headers: { "x-admin-key": readFileSync(join(directory, "admin-key"), "utf8") },
      dispatcher: new Agent({ connect: { ca: readFileSync(caFile, "utf8") } }),
    });
    const lines = (await response.body.text()).trim().split("\n");
    return lines.map((line) => (JSON.parse(line) as { key: string }).key);
  };
  const store = openDirectory(running.tenant.store);
  expect(await keys("groupMembers")).toHaveLength(2_000);
  const largest = [...store.groups.values()].map(({ id }) => store.memberships.by("containerId", id).length);
  expect(Math.max(...largest)).toBe(150);
  await admin.call("POST", "/churn", { changes: 50, seed: 3 });
  expect(new Set(await keys("users"))).toEqual(new Set([...store.users.values()].map(({ id }) => id)));
});
