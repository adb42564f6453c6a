/** `azure-native.operationalinsights`, `.applicationinsights` and `.monitor`: where logs go, and who hears of them. */
import { armType } from "../generic/arm-type";

const GROUP = "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/providers";

/** The old API of Application Insights has names of its own kind. */
const componentNames = {
  appId: "AppId",
  applicationId: "ApplicationId",
  applicationType: "Application_Type",
  connectionString: "ConnectionString",
  creationDate: "CreationDate",
  disableIpMasking: "DisableIpMasking",
  disableLocalAuth: "DisableLocalAuth",
  flowType: "Flow_Type",
  forceCustomerStorageForProfiler: "ForceCustomerStorageForProfiler",
  hockeyAppId: "HockeyAppId",
  hockeyAppToken: "HockeyAppToken",
  immediatePurgeDataOn30Days: "ImmediatePurgeDataOn30Days",
  ingestionMode: "IngestionMode",
  instrumentationKey: "InstrumentationKey",
  laMigrationDate: "LaMigrationDate",
  privateLinkScopedResources: "PrivateLinkScopedResources",
  requestSource: "Request_Source",
  retentionInDays: "RetentionInDays",
  samplingPercentage: "SamplingPercentage",
  tenantId: "TenantId",
  workspaceResourceId: "WorkspaceResourceId",
};

export const monitorTypes = [
  armType({
    token: "azure-native:operationalinsights:Workspace",
    kind: "workspace",
    description: "A Log Analytics workspace.",
    path: `${GROUP}/Microsoft.OperationalInsights/workspaces/{workspaceName}`,
    autoname: { property: "workspaceName", longest: 63 },
    names: {
      workspaceName: {
        pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
        rule: "4 to 63 letters, digits and hyphens, beginning and ending with a letter or digit",
      },
    },
    beside: ["identity", "location", "tags"],
  }),
  armType({
    token: "azure-native:applicationinsights:Component",
    kind: "insightsComponent",
    description: "An Application Insights component.",
    path: `${GROUP}/Microsoft.Insights/components/{resourceName}`,
    autoname: { property: "resourceName", longest: 255 },
    renamed: componentNames,
  }),
  armType({
    token: "azure-native:monitor:DiagnosticSetting",
    kind: "diagnosticSetting",
    description: "Where a resource's logs and metrics are sent.",
    path: "/{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    autoname: { property: "name", longest: 260 },
  }),
  armType({
    token: "azure-native:monitor:ScheduledQueryRule",
    kind: "scheduledQueryRule",
    description: "An alert on what a query of the logs finds.",
    path: `${GROUP}/Microsoft.Insights/scheduledQueryRules/{ruleName}`,
    autoname: { property: "ruleName", longest: 260 },
  }),
  armType({
    token: "azure-native:monitor:MetricAlert",
    kind: "metricAlert",
    description: "An alert on a metric.",
    path: `${GROUP}/Microsoft.Insights/metricAlerts/{ruleName}`,
    autoname: { property: "ruleName", longest: 260 },
    renamed: { "criteria.odataType": "odata.type" },
  }),
  armType({
    token: "azure-native:monitor:ActionGroup",
    kind: "actionGroup",
    description: "Whom alerts reach.",
    path: `${GROUP}/Microsoft.Insights/actionGroups/{actionGroupName}`,
    autoname: { property: "actionGroupName", longest: 260 },
  }),
];
