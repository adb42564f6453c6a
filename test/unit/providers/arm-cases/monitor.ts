import { ACCOUNT, type ArmCase, GROUP, placed, rg, SITE } from "./case";

const metricCriteria = {
  odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
  allOf: [],
};

export const monitorCases: readonly ArmCase[] = [
  {
    type: "operationalinsights:Workspace",
    inputs: { ...placed, workspaceName: "logs", sku: { name: "PerGB2018" }, retentionInDays: 90 },
    path: `${GROUP}/Microsoft.OperationalInsights/workspaces/logs`,
    version: "2023-09-01",
    body: { location: "westeurope", properties: { sku: { name: "PerGB2018" }, retentionInDays: 90 } },
  },
  {
    type: "applicationinsights:Component",
    inputs: { ...placed, resourceName: "ai", kind: "web", applicationType: "web", disableLocalAuth: true },
    path: `${GROUP}/Microsoft.Insights/components/ai`,
    version: "2020-02-02",
    body: {
      location: "westeurope",
      kind: "web",
      properties: { Application_Type: "web", DisableLocalAuth: true },
    },
  },
  {
    type: "monitor:DiagnosticSetting",
    inputs: {
      name: "all",
      resourceUri: SITE,
      workspaceId: "w",
      logs: [{ categoryGroup: "allLogs", enabled: true }],
    },
    path: `${SITE}/providers/Microsoft.Insights/diagnosticSettings/all`,
    version: "2021-05-01-preview",
    body: { properties: { workspaceId: "w", logs: [{ categoryGroup: "allLogs", enabled: true }] } },
  },
  {
    type: "monitor:ScheduledQueryRule",
    inputs: {
      ...placed,
      ruleName: "r",
      kind: "LogAlert",
      scopes: ["w"],
      criteria: { allOf: [{ query: "q" }] },
    },
    path: `${GROUP}/Microsoft.Insights/scheduledQueryRules/r`,
    version: "2025-01-01-preview",
    body: {
      location: "westeurope",
      kind: "LogAlert",
      properties: { scopes: ["w"], criteria: { allOf: [{ query: "q" }] } },
    },
  },
  {
    type: "monitor:MetricAlert",
    inputs: {
      ...rg,
      location: "global",
      ruleName: "m",
      criteria: metricCriteria,
      enabled: true,
      evaluationFrequency: "PT5M",
      windowSize: "PT5M",
      severity: 2,
      scopes: [SITE],
    },
    path: `${GROUP}/Microsoft.Insights/metricAlerts/m`,
    version: "2018-03-01",
    body: {
      location: "global",
      properties: {
        criteria: { "odata.type": metricCriteria.odataType, allOf: [] },
        enabled: true,
        evaluationFrequency: "PT5M",
        windowSize: "PT5M",
        severity: 2,
        scopes: [SITE],
      },
    },
  },
  {
    type: "monitor:ActionGroup",
    inputs: { ...rg, location: "global", actionGroupName: "g", groupShortName: "collector", enabled: true },
    path: `${GROUP}/Microsoft.Insights/actionGroups/g`,
    version: "2024-10-01-preview",
    body: { location: "global", properties: { groupShortName: "collector", enabled: true } },
  },
  {
    type: "authorization:ManagementLockByScope",
    inputs: { lockName: "keep", level: "CanNotDelete", scope: ACCOUNT, notes: "n" },
    path: `${ACCOUNT}/providers/Microsoft.Authorization/locks/keep`,
    version: "2020-05-01",
    body: { properties: { level: "CanNotDelete", notes: "n" } },
  },
];
