import { randomUUID } from "node:crypto";
import { z } from "zod";
import { badRequest } from "../../errors";
import { provisioningState } from "../body";
import { kind } from "../kind";

const properties = z.looseObject({
  sku: z.looseObject({ name: z.string() }).nullish(),
  retentionInDays: z.int().nullish(),
  features: z.looseObject({}).nullish(),
  workspaceCapping: z.looseObject({ dailyQuotaGb: z.number().nullish() }).nullish(),
});

/** Log Analytics workspaces; what is sent to them is counted nowhere. */
export const workspaceKind = kind({
  type: "Microsoft.OperationalInsights/workspaces",
  properties,
  location: "region",
  create: "async-operation",
  delete: "async-operation",
  check: ({ name, declared }) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/.test(name))
      throw badRequest(`'${name}' is no name of a workspace: 4 to 63 letters, digits and hyphens.`);
    const days = declared.properties.retentionInDays;
    if (typeof days === "number" && (days < 7 || days > 730))
      throw badRequest("'RetentionInDays' property doesn't match the SKU limits: 30 to 730 days.");
  },
  complete: ({ current }) => ({
    generated: { customerId: current?.generated.customerId ?? randomUUID() },
  }),
  show: (view) => {
    const { resource } = view;
    const [created, modified] = [resource.createdAt, resource.modifiedAt].map((at) =>
      new Date(at).toISOString(),
    );
    const { sku, features, workspaceCapping, ...declared } = properties.parse(resource.properties);
    return {
      etag: `"${resource.generated.customerId}"`,
      properties: {
        publicNetworkAccessForIngestion: "Enabled",
        publicNetworkAccessForQuery: "Enabled",
        retentionInDays: 30,
        ...declared,
        sku: { name: "PerGB2018", ...sku, lastSkuUpdate: created },
        features: {
          legacy: 0,
          searchVersion: 1,
          enableLogAccessUsingOnlyResourcePermissions: true,
          ...features,
        },
        workspaceCapping: {
          dailyQuotaGb: -1,
          ...workspaceCapping,
          quotaNextResetTime: created,
          dataIngestionStatus: "RespectQuota",
        },
        customerId: resource.generated.customerId,
        createdDate: created,
        modifiedDate: modified,
        provisioningState: provisioningState(view),
      },
    };
  },
});
