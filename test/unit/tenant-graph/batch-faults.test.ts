import { expect, test } from "vitest";
import { batchItems, Faults } from "../../../infra/local/tenant/core/faults";
import { createTestTenant } from "../../../infra/local/tenant/core/testing";
import { createGraphApp } from "../../../infra/local/tenant/graph";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly error?: { readonly code: string } };
}

test("a fault for steps of a batch reaches the steps that match, and no other request", async () => {
  const tenant = createTestTenant();
  const faults = new Faults(tenant.store);
  faults.add({ service: "*", path: "nothing", status: 500 });
  faults.add({
    service: batchItems,
    path: "^/domains",
    status: 429,
    retryAfter: "7",
    code: "TooManyRequests",
  });
  const app = createGraphApp(tenant, {
    batchFault: (method, path, query) => faults.take({ service: batchItems, method, path, query }),
  });
  const authorization = await tenant.authorization({ api: "graph", roles: ["Directory.Read.All"] });
  const response = await app.request("/v1.0/$batch", {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({
      requests: ["/organization", "/domains?$top=3", "/nothing"].map((url, place) => ({
        id: String(place),
        method: "GET",
        url,
      })),
    }),
  });
  const { responses } = (await response.json()) as { responses: readonly Answer[] };
  expect(responses.map(({ status }) => status)).toEqual([200, 429, 400]);
  expect(responses[1]?.headers["Retry-After"]).toBe("7");
  expect(responses[1]?.body.error?.code).toBe("TooManyRequests");
  expect((await app.request("/v1.0/domains", { headers: { authorization } })).status).toBe(200);
  tenant.close();
});
