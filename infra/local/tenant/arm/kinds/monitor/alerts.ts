/** Alert rules and whom they reach. They are declared and kept; none fires here. */
import { z } from "zod";
import { badRequest } from "../../errors";
import type { Resources } from "../../model";
import { systemData } from "../body";
import { kind } from "../kind";
import { requireReference, requireReferences } from "../references";

const receiver = z.looseObject({ name: z.string().min(1) });
const receivers = [
  "emailReceivers",
  "smsReceivers",
  "webhookReceivers",
  "eventHubReceivers",
  "itsmReceivers",
  "azureAppPushReceivers",
  "automationRunbookReceivers",
  "voiceReceivers",
  "logicAppReceivers",
  "azureFunctionReceivers",
  "armRoleReceivers",
];

/** Whom alerts reach. */
export const actionGroupKind = kind({
  type: "Microsoft.Insights/actionGroups",
  properties: z.looseObject({
    groupShortName: z.string().min(1).max(12),
    enabled: z.boolean(),
    emailReceivers: z.array(receiver.extend({ emailAddress: z.email() })).nullish(),
  }),
  location: "global",
  check: ({ declared }) => {
    const names = receivers.flatMap((member) => {
      const given = declared.properties[member];
      return Array.isArray(given) ? given.map(({ name }) => String(name).toLowerCase()) : [];
    });
    if (new Set(names).size < names.length)
      throw badRequest("Two receivers of the action group have one name.");
  },
  show: ({ resource }) => ({
    properties: {
      ...Object.fromEntries(receivers.map((member) => [member, []])),
      ...resource.properties,
      emailReceivers: emailReceivers(resource.properties.emailReceivers),
    },
  }),
});

function emailReceivers(declared: unknown): object[] {
  const all = Array.isArray(declared) ? declared : [];
  return all.map((one) => ({ useCommonAlertSchema: false, ...one, status: "Enabled" }));
}

function requireGroups(resources: Resources, ids: readonly string[]): void {
  for (const id of ids) requireReference(resources, id, "Microsoft.Insights/actionGroups", "actions");
}

const severity = z.int().min(0).max(4);
const duration = z.string().regex(/^P(?=.)(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/);

/** Alerts on a metric. */
export const metricAlertKind = kind({
  type: "Microsoft.Insights/metricAlerts",
  properties: z.looseObject({
    severity,
    enabled: z.boolean(),
    scopes: z.array(z.string()).min(1),
    evaluationFrequency: duration,
    windowSize: duration,
    criteria: z.looseObject({ "odata.type": z.string() }),
    actions: z.array(z.looseObject({ actionGroupId: z.string() })).nullish(),
  }),
  location: "global",
  created: 200,
  check: ({ call, declared: { properties } }) => {
    requireReferences(call.resources, properties.scopes);
    requireGroups(
      call.resources,
      (properties.actions ?? []).map(({ actionGroupId }) => actionGroupId),
    );
  },
  show: ({ resource }) => ({
    properties: { autoMitigate: true, targetResourceType: "", ...resource.properties, isMigrated: false },
  }),
});

/** Alerts on what a query of the logs finds. */
export const queryRuleKind = kind({
  type: "Microsoft.Insights/scheduledQueryRules",
  properties: z.looseObject({
    severity: severity.nullish(),
    enabled: z.boolean().nullish(),
    scopes: z.array(z.string()).min(1),
    evaluationFrequency: duration.nullish(),
    windowSize: duration.nullish(),
    criteria: z.looseObject({ allOf: z.array(z.looseObject({ query: z.string().min(1).nullish() })).min(1) }),
    actions: z.looseObject({ actionGroups: z.array(z.string()).nullish() }).nullish(),
  }),
  location: "region",
  check: ({ call, declared: { properties } }) => {
    requireReferences(call.resources, properties.scopes);
    requireGroups(call.resources, properties.actions?.actionGroups ?? []);
  },
  show: (view) => ({
    kind: view.resource.kind ?? "LogAlert",
    etag: `"${view.resource.modifiedAt}"`,
    properties: {
      autoMitigate: true,
      enabled: true,
      skipQueryValidation: false,
      checkWorkspaceAlertsStorageConfigured: false,
      ...view.resource.properties,
      createdWithApiVersion: "2025-01-01-preview",
      isLegacyLogAnalyticsRule: false,
      isWorkspaceAlertsStorageConfigured: false,
    },
    systemData: systemData(view),
  }),
});
