/** Workspaces, components, diagnostic settings and alerts. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArmClient } from "./arm-client";

let arm: ArmClient;
let workspace: string;
let account: string;

beforeEach(async () => {
  arm = await ArmClient.open();
  await arm.putGroup();
  const made = await arm.make("Microsoft.OperationalInsights/workspaces", "log-one", "2023-09-01", {
    properties: { sku: { name: "PerGB2018" }, retentionInDays: 90 },
  });
  workspace = made.body.id;
  account = (await arm.putAccount()).body.id;
});
afterEach(() => arm.tenant.close());

describe("workspaces and components", () => {
  it("keep their ids over writes", async () => {
    const read = () => arm.call("GET", `${workspace}?api-version=2023-09-01`);
    const before = (await read()).body;
    expect(before.properties).toMatchObject({
      customerId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sku: { name: "PerGB2018" },
      retentionInDays: 90,
    });
    const properties = { sku: { name: "PerGB2018" }, retentionInDays: 30 };
    const again = await arm.make("Microsoft.OperationalInsights/workspaces", "log-one", "2023-09-01", {
      properties,
    });
    expect(again.body.properties.customerId).toBe(before.properties.customerId);
    expect(again.body.properties.retentionInDays).toBe(30);
  });

  it("are made by an operation that can be followed by its status", async () => {
    const path = workspace.replace("log-one", "log-two");
    const made = await arm.call("PUT", `${path}?api-version=2023-09-01`, {
      location: "westeurope",
      properties: {},
    });
    expect(made.status).toBe(201);
    const status = new URL(made.headers.get("azure-asyncoperation") ?? "");
    const answer = await arm.call("GET", status.pathname.replace(/^\/arm/, "") + status.search);
    expect(answer).toMatchObject({ status: 200, body: { status: "Succeeded" } });
  });

  it("tell how telemetry is sent", async () => {
    const properties = { Application_Type: "web", WorkspaceResourceId: workspace, DisableLocalAuth: true };
    const made = await arm.make("Microsoft.Insights/components", "appi-one", "2020-02-02", {
      kind: "web",
      properties,
    });
    const { ConnectionString: connection, InstrumentationKey: key } = made.body.properties;
    expect(connection).toBe(
      `InstrumentationKey=${key};IngestionEndpoint=https://127.0.0.1:8443/monitor/;` +
        `LiveEndpoint=https://127.0.0.1:8443/monitor/;ApplicationId=${made.body.properties.AppId}`,
    );
    const lost = { ...properties, WorkspaceResourceId: `${workspace}-gone` };
    const refused = await arm.make("Microsoft.Insights/components", "appi-two", "2020-02-02", {
      ...{ kind: "web", properties: lost },
    });
    expect(refused.status).toBe(400);
  });
});

describe("diagnostic settings", () => {
  const put = (scope: string, name: string, properties: Record<string, unknown>) =>
    arm.call(
      "PUT",
      `${scope}/providers/Microsoft.Insights/diagnosticSettings/${name}?api-version=2021-05-01-preview`,
      { properties },
    );
  const allLogs = [{ categoryGroup: "allLogs", enabled: true }];

  it("are on any resource, and go with it", async () => {
    const blobs = `${account}/blobServices/default`;
    const made = await put(blobs, "logs", { workspaceId: workspace, logs: allLogs });
    expect(made).toMatchObject({
      status: 200,
      body: {
        id: `${blobs}/providers/Microsoft.Insights/diagnosticSettings/logs`,
        properties: { logs: allLogs },
      },
    });
    await arm.putVault();
    expect((await put(arm.vault, "logs", { workspaceId: workspace, logs: allLogs })).status).toBe(200);
    const list = `${blobs}/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview`;
    expect((await arm.call("GET", list)).body.value).toHaveLength(1);
    await arm.call("DELETE", `${account}?api-version=2024-01-01`);
    await arm.putAccount();
    expect((await arm.call("GET", list)).body.value).toEqual([]);
  });

  it.each([
    ["without a sink", {}],
    ["for a category that the type has not", { logs: [{ category: "Nonsense", enabled: true }] }],
    ["for logs of an account, which only its services have", { logs: allLogs }],
  ])("are refused %s", async (words, properties) => {
    const sink = words === "without a sink" ? {} : { workspaceId: workspace };
    expect((await put(account, "logs", { ...sink, ...properties })).status).toBe(400);
  });

  it("send a category to one workspace once", async () => {
    const queues = `${account}/queueServices/default`;
    await put(queues, "one", { workspaceId: workspace, logs: allLogs });
    const twice = await put(queues, "two", { workspaceId: workspace, logs: allLogs });
    expect(twice).toMatchObject({ status: 409, body: { error: { code: "Conflict" } } });
  });
});

describe("alerts", () => {
  const rule = (actionGroups: string[]) => ({
    properties: {
      ...{ severity: 1, enabled: true, scopes: [workspace], evaluationFrequency: "PT1H", windowSize: "PT1H" },
      criteria: {
        allOf: [
          { query: "AppTraces | count", timeAggregation: "Count", operator: "GreaterThan", threshold: 0 },
        ],
      },
      actions: { actionGroups },
    },
  });

  it("reach groups that exist", async () => {
    const group = await arm.make("Microsoft.Insights/actionGroups", "operators", "2024-10-01-preview", {
      location: "global",
      properties: {
        ...{ groupShortName: "ops", enabled: true },
        emailReceivers: [{ name: "one", emailAddress: "one@contoso.example" }],
      },
    });
    expect(group.body.properties).toMatchObject({
      emailReceivers: [{ status: "Enabled" }],
      smsReceivers: [],
    });
    const make = (groups: string[]) =>
      arm.make("Microsoft.Insights/scheduledQueryRules", "silence", "2025-01-01-preview", rule(groups));
    expect((await make([`${group.body.id}x`])).status).toBe(400);
    expect((await make([group.body.id])).body).toMatchObject({
      kind: "LogAlert",
      properties: { autoMitigate: true },
    });
  });

  it("watch scopes that exist", async () => {
    const properties = {
      ...{ severity: 2, enabled: true, evaluationFrequency: "PT5M", windowSize: "PT15M" },
      criteria: { "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", allOf: [] },
    };
    const make = (scopes: string[]) =>
      arm.make("Microsoft.Insights/metricAlerts", "backlog", "2018-03-01", {
        location: "global",
        properties: { ...properties, scopes },
      });
    expect((await make([`${account}x`])).status).toBe(404);
    expect((await make([account])).status).toBe(200);
  });
});
