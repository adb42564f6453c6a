import { z } from "zod";

/** An app setting as `siteConfig` carries it. */
const appSetting = z.looseObject({ name: z.string().min(1), value: z.string() });

/** The parts of a site's configuration that are looked at; others are kept as declared. */
export const siteConfigSchema = z.looseObject({ appSettings: z.array(appSetting).nullish() });

/** Where code comes from, what runs it, and how far it scales: the part of a site that Flex Consumption needs. */
const functionAppConfig = z.looseObject({
  deployment: z.looseObject({
    storage: z.looseObject({
      type: z.literal("blobContainer"),
      value: z.url(),
      authentication: z.looseObject({
        type: z.enum(["SystemAssignedIdentity", "UserAssignedIdentity", "StorageAccountConnectionString"]),
        userAssignedIdentityResourceId: z.string().nullish(),
      }),
    }),
  }),
  runtime: z.looseObject({ name: z.string(), version: z.string() }),
  scaleAndConcurrency: z.looseObject({
    instanceMemoryMB: z.int().nullish(),
    maximumInstanceCount: z.int().nullish(),
  }),
});

/** `properties` of a site. */
export const siteSchema = z.looseObject({
  serverFarmId: z.string().min(1),
  functionAppConfig: functionAppConfig.nullish(),
  siteConfig: siteConfigSchema.nullish(),
  keyVaultReferenceIdentity: z.string().nullish(),
  virtualNetworkSubnetId: z.string().nullish(),
  httpsOnly: z.boolean().nullish(),
});

export type SiteProperties = z.output<typeof siteSchema>;
export type SiteConfig = z.output<typeof siteConfigSchema>;
