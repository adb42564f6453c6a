/** What is there with every account: its blob and queue services, and its lifecycle rules. */
import { z } from "zod";
import { badRequest } from "../../errors";
import { kind } from "../kind";

const retention = z.looseObject({ enabled: z.boolean(), days: z.int().min(1).max(365).nullish() });

/** The blob service of an account. */
export const blobServiceKind = kind({
  type: "Microsoft.Storage/storageAccounts/blobServices",
  properties: z.looseObject({
    deleteRetentionPolicy: retention.nullish(),
    containerDeleteRetentionPolicy: retention.nullish(),
    isVersioningEnabled: z.boolean().nullish(),
    changeFeed: z.looseObject({ enabled: z.boolean().nullish() }).nullish(),
  }),
  location: "none",
  names: ["default"],
  implicit: true,
  created: 200,
  show: ({ resource }) => ({
    properties: {
      cors: { corsRules: [] },
      deleteRetentionPolicy: { allowPermanentDelete: false, enabled: false },
      ...resource.properties,
    },
  }),
});

/** The queue service of an account. */
export const queueServiceKind = kind({
  type: "Microsoft.Storage/storageAccounts/queueServices",
  properties: z.looseObject({}),
  location: "none",
  names: ["default"],
  implicit: true,
  created: 200,
  show: ({ resource }) => ({ properties: { cors: { corsRules: [] }, ...resource.properties } }),
});

const days = z.looseObject({ daysAfterModificationGreaterThan: z.number().min(0).nullish() });

/** One lifecycle rule, as far as it is carried out here: deletion by age. */
const lifecycleRule = z.looseObject({
  name: z.string().min(1),
  enabled: z.boolean().nullish(),
  type: z.literal("Lifecycle"),
  definition: z.looseObject({
    actions: z.looseObject({
      baseBlob: z.looseObject({ delete: days.nullish() }).nullish(),
    }),
    filters: z
      .looseObject({
        blobTypes: z.array(z.enum(["blockBlob", "appendBlob"])).min(1),
        prefixMatch: z.array(z.string()).max(10).nullish(),
      })
      .nullish(),
  }),
});

/** `properties` of the lifecycle rules. */
export const managementPolicySchema = z.looseObject({
  policy: z.looseObject({ rules: z.array(lifecycleRule).max(100) }),
});

/** The lifecycle rules of an account; they are carried out once a day of the tenant's time. */
export const managementPolicyKind = kind({
  type: "Microsoft.Storage/storageAccounts/managementPolicies",
  properties: managementPolicySchema,
  location: "none",
  names: ["default"],
  created: 200,
  check: ({ declared }) => {
    const { rules } = declared.properties.policy;
    if (new Set(rules.map(({ name }) => name)).size < rules.length)
      throw badRequest("The lifecycle management policy has two rules of one name.");
  },
  show: ({ resource }) => ({
    properties: {
      ...resource.properties,
      lastModifiedTime: new Date(resource.modifiedAt).toISOString(),
    },
  }),
});
