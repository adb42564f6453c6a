import { randomUUID } from "node:crypto";
import { z } from "zod";
import { badRequest } from "../../errors";
import { kind, type View } from "../kind";
import { requireReference } from "../references";

const properties = z.looseObject({
  Application_Type: z.string().min(1),
  WorkspaceResourceId: z.string().nullish(),
  DisableLocalAuth: z.boolean().nullish(),
});

function connectionString({ call, resource }: View): string {
  const { key = "", appId = "" } = resource.generated;
  const ingestion = `${call.tenant.settings.origin}/monitor/`;
  return `InstrumentationKey=${key};IngestionEndpoint=${ingestion};LiveEndpoint=${ingestion};ApplicationId=${appId}`;
}

/** Application Insights components; their ingestion endpoint counts what it is sent. */
export const componentKind = kind({
  type: "Microsoft.Insights/components",
  properties,
  location: "region",
  created: 200,
  check: ({ call, declared }) => {
    if (declared.kind === undefined) throw badRequest("The property 'kind' is required.");
    const workspace = declared.properties.WorkspaceResourceId;
    if (!workspace)
      throw badRequest(
        "Classic Application Insights components are no longer made: WorkspaceResourceId is required.",
      );
    requireReference(
      call.resources,
      workspace,
      "Microsoft.OperationalInsights/workspaces",
      "WorkspaceResourceId",
    );
  },
  complete: ({ current }) => ({
    generated: {
      key: current?.generated.key ?? randomUUID(),
      appId: current?.generated.appId ?? randomUUID(),
    },
  }),
  show: (view) => {
    const { call, resource } = view;
    return {
      etag: `"${resource.generated.appId}"`,
      properties: {
        DisableIpMasking: false,
        DisableLocalAuth: false,
        Flow_Type: "Bluefield",
        ForceCustomerStorageForProfiler: false,
        ImmediatePurgeDataOn30Days: false,
        IngestionMode: "LogAnalytics",
        publicNetworkAccessForIngestion: "Enabled",
        publicNetworkAccessForQuery: "Enabled",
        Request_Source: "rest",
        RetentionInDays: 90,
        SamplingPercentage: null,
        ...resource.properties,
        AppId: resource.generated.appId,
        ApplicationId: resource.name,
        ConnectionString: connectionString(view),
        CreationDate: new Date(resource.createdAt).toISOString(),
        InstrumentationKey: resource.generated.key,
        Name: resource.name,
        TenantId: call.tenant.settings.subscriptionId,
        Ver: "v2",
        provisioningState: "Succeeded",
      },
    };
  },
});
