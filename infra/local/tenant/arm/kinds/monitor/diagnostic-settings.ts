import { z } from "zod";
import { ArmError, badRequest } from "../../errors";
import type { Resource } from "../../model";
import { kind, type Write } from "../kind";
import { parentPath, resourceType } from "../paths";
import { requireReference } from "../references";

const category = z.looseObject({
  category: z.string().nullish(),
  categoryGroup: z.string().nullish(),
  enabled: z.boolean(),
});
const properties = z.looseObject({
  workspaceId: z.string().nullish(),
  storageAccountId: z.string().nullish(),
  eventHubAuthorizationRuleId: z.string().nullish(),
  marketplacePartnerId: z.string().nullish(),
  logs: z.array(category).nullish(),
  metrics: z.array(category).nullish(),
});
type Properties = z.output<typeof properties>;

/** Log categories of the types that have settings here (page "Supported Resource log categories for Azure Monitor"). */
const categories: Readonly<Record<string, readonly string[]>> = {
  "microsoft.keyvault/vaults": ["AuditEvent", "AzurePolicyEvaluationDetails"],
  "microsoft.web/sites": ["FunctionAppLogs", "AppServiceAuthenticationLogs"],
  "microsoft.storage/storageaccounts": [],
  "microsoft.storage/storageaccounts/blobservices": ["StorageRead", "StorageWrite", "StorageDelete"],
  "microsoft.storage/storageaccounts/queueservices": ["StorageRead", "StorageWrite", "StorageDelete"],
};

const most = 5;

function scopeOf(path: string): string {
  return parentPath(path).replace(/\/providers\/Microsoft\.Insights$/i, "");
}

function nameOf({ category: one, categoryGroup }: z.output<typeof category>): string {
  return categoryGroup ?? one ?? "";
}

function checkCategories(path: string, { logs }: Properties): void {
  const known = categories[resourceType(scopeOf(path))?.toLowerCase() ?? ""];
  for (const log of logs ?? []) {
    if ((log.category ?? undefined) !== undefined && (log.categoryGroup ?? undefined) !== undefined)
      throw badRequest("A log may have a category or a category group, not both.");
    const groups = ["allLogs", "audit"];
    const offered = known === undefined || (log.categoryGroup ? groups : known).includes(nameOf(log));
    if (!offered || (log.categoryGroup && known?.length === 0))
      throw badRequest(`Category '${nameOf(log)}' is not supported`);
  }
}

/** One place gets a category once. */
function refuseSameSink({ call, path, declared }: Write<Properties>): void {
  const others = call.resources.others
    .by("parent", parentPath(path).toLowerCase())
    .filter(({ id, type }) => type === "Microsoft.Insights/diagnosticSettings" && id !== path.toLowerCase());
  if (others.length >= most) throw badRequest(`A resource has ${most} diagnostic settings at most.`);
  const given = declared.properties;
  for (const other of others) {
    const before = properties.parse(other.properties);
    if (!given.workspaceId || given.workspaceId.toLowerCase() !== before.workspaceId?.toLowerCase()) continue;
    const taken = (before.logs ?? []).filter(({ enabled }) => enabled).map(nameOf);
    const twice = (given.logs ?? []).find((log) => log.enabled && taken.includes(nameOf(log)));
    if (twice !== undefined) throw usedSink(given.workspaceId, other, nameOf(twice));
  }
}

function usedSink(sink: string, other: Resource, name: string): ArmError {
  return new ArmError(
    409,
    "Conflict",
    `Data sink '${sink}' is already used in diagnostic setting '${other.name}' for category '${name}'. Data sinks can't be reused ` +
      "in different settings on the same category for the same resource.",
  );
}

const shownCategory = (one: object) => ({ retentionPolicy: { enabled: false, days: 0 }, ...one });

/** Where a resource's logs and metrics are sent. */
export const diagnosticSettingKind = kind({
  type: "Microsoft.Insights/diagnosticSettings",
  properties,
  location: "none",
  extension: true,
  created: 200,
  check: (write) => {
    const { call, path, declared } = write;
    const given = declared.properties;
    const { workspaceId, storageAccountId, eventHubAuthorizationRuleId, marketplacePartnerId } = given;
    if (!workspaceId && !storageAccountId && !eventHubAuthorizationRuleId && !marketplacePartnerId)
      throw badRequest("At least one data sink needs to be specified.");
    if (workspaceId)
      requireReference(
        call.resources,
        workspaceId,
        "Microsoft.OperationalInsights/workspaces",
        "workspaceId",
      );
    checkCategories(path, given);
    refuseSameSink(write);
  },
  show: ({ resource }) => {
    const { logs, metrics, ...declared } = properties.parse(resource.properties);
    const [shownLogs, shownMetrics] = [logs, metrics].map((all) => (all ?? []).map(shownCategory));
    return { properties: { ...declared, logs: shownLogs, metrics: shownMetrics } };
  },
});
