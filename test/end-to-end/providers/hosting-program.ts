/** One resource of each Azure type that a function app needs, storage and what protects it among them. */
import { Component } from "@pulumi/azure-native/applicationinsights";
import {
  getClientConfigOutput,
  ManagementLockByScope,
  RoleAssignment,
} from "@pulumi/azure-native/authorization";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import {
  ActionGroup,
  DiagnosticSetting,
  MetricAlert,
  ScheduledQueryRule,
} from "@pulumi/azure-native/monitor";
import { Workspace } from "@pulumi/azure-native/operationalinsights";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import { BlobContainer, ManagementPolicy, Queue, StorageAccount } from "@pulumi/azure-native/storage";
import { AppServicePlan, WebApp, WebAppFtpAllowed, WebAppScmAllowed } from "@pulumi/azure-native/web";
import * as pulumi from "@pulumi/pulumi";
import { buildCollectorPackage } from "../../../components/collector/package";
import { FunctionPackage } from "../../../components/plugin/resources";

const settings = new pulumi.Config();
const setting = (key: string, fallback: string) => settings.get(key) ?? fallback;
const tags = { purpose: setting("purpose", "test") };

const group = new ResourceGroup("group", { resourceGroupName: "rg-hosting", location: "westeurope", tags });
const inGroup = { resourceGroupName: group.name };
const placed = { ...inGroup, location: group.location, tags };
const identity = new UserAssignedIdentity("identity", { ...placed, resourceName: "id-hosting" });
const runsAs = { type: "UserAssigned" as const, userAssignedIdentities: [identity.id] };

const account = new StorageAccount("account", {
  ...placed,
  accountName: "contosohosting",
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  allowBlobPublicAccess: false,
  allowSharedKeyAccess: false,
  enableHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_2",
  networkRuleSet: { bypass: "None", defaultAction: "Allow" },
  identity: runsAs,
});
const withoutSlash = (address: pulumi.Output<string>) => address.apply((text) => text.replace(/\/$/, ""));
const inAccount = { ...inGroup, accountName: account.name };
const container = new BlobContainer("container", {
  ...inAccount,
  containerName: "deployment",
  publicAccess: "None",
});
const queue = new Queue("queue", { ...inAccount, queueName: "work" });
const lifecycle = new ManagementPolicy("lifecycle", {
  ...inAccount,
  managementPolicyName: "default",
  policy: {
    rules: [
      {
        name: "delete",
        type: "Lifecycle",
        enabled: true,
        definition: {
          filters: { blobTypes: ["blockBlob"], prefixMatch: ["data/"] },
          actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } } },
        },
      },
    ],
  },
});

const { subscriptionId } = getClientConfigOutput();
const roles = {
  blobs: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
  queues: "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
};
const access = Object.entries(roles).map(
  ([name, role]) =>
    new RoleAssignment(`access-${name}`, {
      scope: account.id,
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: pulumi.interpolate`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    }),
);

const workspace = new Workspace("workspace", {
  ...placed,
  workspaceName: "logs-hosting",
  sku: { name: "PerGB2018" },
  retentionInDays: 30,
  features: { disableLocalAuth: true },
});
const insights = new Component("insights", {
  ...placed,
  resourceName: "insights-hosting",
  kind: "web",
  applicationType: "web",
  ingestionMode: "LogAnalytics",
  disableLocalAuth: true,
  workspaceResourceId: workspace.id,
});

const plan = new AppServicePlan("plan", {
  ...placed,
  name: "plan-hosting",
  kind: "functionapp",
  reserved: true,
  sku: { name: "FC1", tier: "FlexConsumption" },
});
const site = new WebApp("site", {
  ...placed,
  name: "contoso-hosting",
  kind: "functionapp,linux",
  serverFarmId: plan.id,
  httpsOnly: true,
  clientCertEnabled: false,
  identity: runsAs,
  keyVaultReferenceIdentity: identity.id,
  functionAppConfig: {
    deployment: {
      storage: {
        type: "blobContainer",
        value: pulumi.interpolate`${account.primaryEndpoints.blob}${container.name}`,
        authentication: { type: "UserAssignedIdentity", userAssignedIdentityResourceId: identity.id },
      },
    },
    runtime: { name: "node", version: "22" },
    scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
  },
  siteConfig: {
    minTlsVersion: setting("tls", "1.2"),
    scmMinTlsVersion: "1.2",
    ftpsState: "Disabled",
    http20Enabled: true,
    appSettings: [
      { name: "APPLICATIONINSIGHTS_CONNECTION_STRING", value: insights.connectionString },
      { name: "AzureWebJobsStorage__blobServiceUri", value: withoutSlash(account.primaryEndpoints.blob) },
      { name: "AzureWebJobsStorage__queueServiceUri", value: withoutSlash(account.primaryEndpoints.queue) },
      { name: "AzureWebJobsStorage__credential", value: "managedidentity" },
      { name: "AzureWebJobsStorage__clientId", value: identity.clientId },
      { name: "COLLECTOR_SCHEDULE", value: "0 0 0 1 1 *" },
      {
        name: "COLLECTOR_SETTINGS",
        value: pulumi.jsonStringify({
          stack: "dev",
          mode: "provision",
          identityClientId: identity.clientId,
          storage: {
            blobServiceUri: withoutSlash(account.primaryEndpoints.blob),
            queueServiceUri: withoutSlash(account.primaryEndpoints.queue),
          },
          connectors: [],
        }),
      },
    ],
  },
});
const publishing = { ...inGroup, name: site.name, allow: false };
const ftp = new WebAppFtpAllowed("ftp", publishing);
new WebAppScmAllowed("scm", publishing, { dependsOn: ftp });
new DiagnosticSetting("diagnostics", {
  name: "all",
  resourceUri: site.id,
  workspaceId: workspace.id,
  logs: [{ categoryGroup: "allLogs", enabled: true }],
});

const operators = new ActionGroup("operators", {
  ...inGroup,
  actionGroupName: "operators",
  location: "global",
  groupShortName: "operators",
  enabled: true,
  emailReceivers: [{ name: "first", emailAddress: "operator@contoso.example", useCommonAlertSchema: true }],
});
new ScheduledQueryRule("silence", {
  ...placed,
  ruleName: "silence",
  kind: "LogAlert",
  severity: 1,
  enabled: true,
  scopes: [workspace.id],
  evaluationFrequency: "PT1H",
  windowSize: "PT1H",
  skipQueryValidation: true,
  criteria: {
    allOf: [{ query: "AppTraces", timeAggregation: "Count", operator: "GreaterThan", threshold: 0 }],
  },
  actions: { actionGroups: [operators.id] },
});
new MetricAlert("backlog", {
  ...inGroup,
  ruleName: "backlog",
  location: "global",
  severity: 2,
  enabled: true,
  scopes: [account.id],
  evaluationFrequency: "PT5M",
  windowSize: "PT1H",
  criteria: {
    odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
    allOf: [
      {
        criterionType: "StaticThresholdCriterion",
        name: "messages",
        metricName: "QueueMessageCount",
        operator: "GreaterThan",
        threshold: 1000,
        timeAggregation: "Average",
      },
    ],
  },
  actions: [{ actionGroupId: operators.id }],
});
new ManagementLockByScope(
  "lock",
  { lockName: "keep", level: "CanNotDelete", scope: account.id },
  { dependsOn: [container, queue, lifecycle, site] },
);

const hostNamed = (hostType: string) =>
  site.hostNameSslStates.apply((states) => states?.find((state) => state.hostType === hostType)?.name ?? "");
const code = new FunctionPackage(
  "code",
  {
    scmHost: hostNamed("Repository"),
    sha256: pulumi.output(buildCollectorPackage()).sha256,
    siteId: site.id,
    restart: setting("restart", "no"),
  },
  { dependsOn: access },
);

export const blobEndpoint = account.primaryEndpoints.blob;
export const host = site.defaultHostName;
export const publishingHost = hostNamed("Repository");
export const deploymentId = code.deploymentId;
export const connectionString = insights.connectionString;
export const customerId = workspace.customerId;
export const siteId = site.id;
