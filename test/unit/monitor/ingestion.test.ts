/** Application Insights' ingestion endpoint: who may send, and what is counted. */
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createMonitorApp, telemetryCounts } from "../../../infra/local/tenant/monitor";
import { ArmClient } from "../arm/arm-client";

const metricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
let arm: ArmClient;
let key: string;
let component: string;
let principal: string;

async function putComponent(localAuthOff: boolean) {
  const made = await arm.make("Microsoft.Insights/components", "appi-one", "2020-02-02", {
    kind: "web",
    properties: {
      Application_Type: "web",
      DisableLocalAuth: localAuthOff,
      WorkspaceResourceId: `${arm.group}/providers/Microsoft.OperationalInsights/workspaces/log-one`,
    },
  });
  return made.body;
}

beforeEach(async () => {
  arm = await ArmClient.open();
  await arm.putGroup();
  await arm.make("Microsoft.OperationalInsights/workspaces", "log-one", "2023-09-01");
  const made = await putComponent(true);
  [key, component] = [made.properties.InstrumentationKey, made.id];
  const path = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`;
  const identity = await arm.call("PUT", `${path}?api-version=2023-01-31`, { location: "westeurope" });
  principal = identity.body.properties.principalId;
});
afterEach(() => arm.tenant.close());

const envelopes = (iKey: string) => [1, 2, 3].map((time) => ({ name: "Metric", time, iKey, data: {} }));

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Response> {
  return createMonitorApp(arm.tenant).request("/v2.1/track", { method: "POST", headers, body });
}

it("counts what a publisher sends, as lines or as an array, compressed or not", async () => {
  await arm.assign(component, metricsPublisher, principal);
  const authorization = await arm.tenant.authorization({ api: "monitor", objectId: principal });
  const array = await send(JSON.stringify(envelopes(key)), { authorization });
  expect([array.status, await array.json()]).toEqual([
    200,
    { itemsReceived: 3, itemsAccepted: 3, errors: [] },
  ]);
  const lines = envelopes(key).map((one) => JSON.stringify(one));
  const compressed = new Uint8Array(gzipSync(lines.join("\n")));
  expect((await send(compressed, { authorization, "content-encoding": "gzip" })).status).toBe(200);
  expect(telemetryCounts(arm.tenant)).toEqual({ "appi-one": 6 });
});

it("refuses a caller without the role, without a token, and with another API's", async () => {
  const body = JSON.stringify(envelopes(key));
  const stranger = await arm.tenant.authorization({ api: "monitor", objectId: principal });
  expect((await send(body, { authorization: stranger })).status).toBe(403);
  expect((await send(body, {})).status).toBe(401);
  const other = await arm.tenant.authorization({ api: "graph", objectId: principal });
  expect((await send(body, { authorization: other })).status).toBe(401);
  expect(telemetryCounts(arm.tenant)).toEqual({ "appi-one": 0 });
});

it("takes the key alone where local authentication is on", async () => {
  await putComponent(false);
  expect((await send(JSON.stringify(envelopes(key)), {})).status).toBe(200);
});

it("refuses an unknown key and what is no telemetry", async () => {
  const authorization = await arm.tenant.authorization({ api: "monitor", objectId: principal });
  expect((await send(JSON.stringify(envelopes("none")), { authorization })).status).toBe(400);
  expect((await send("nonsense", { authorization })).status).toBe(400);
  expect((await send("x", { authorization, "content-encoding": "gzip" })).status).toBe(400);
});
