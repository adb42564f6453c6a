import { z } from "zod";
import { ArmError, badRequest } from "../../errors";
import type { Resource } from "../../model";
import { provisioningState, systemData } from "../body";
import { kind, type View } from "../kind";

const type = "Microsoft.Storage/storageAccounts";

const redundancies = ["LRS", "GRS", "RAGRS", "ZRS", "GZRS", "RAGZRS"];
const kinds = ["StorageV2", "BlobStorage", "BlockBlobStorage", "FileStorage", "Storage"];

const networkAcls = z.looseObject({
  bypass: z.string().default("AzureServices"),
  defaultAction: z.enum(["Allow", "Deny"]).default("Allow"),
  ipRules: z.array(z.looseObject({ value: z.string() })).default([]),
  virtualNetworkRules: z.array(z.looseObject({ id: z.string() })).default([]),
  resourceAccessRules: z.array(z.unknown()).optional(),
});

const properties = z.looseObject({
  accessTier: z.enum(["Hot", "Cool", "Cold", "Premium"]).nullish(),
  allowBlobPublicAccess: z.boolean().nullish(),
  allowSharedKeyAccess: z.boolean().nullish(),
  allowCrossTenantReplication: z.boolean().nullish(),
  defaultToOAuthAuthentication: z.boolean().nullish(),
  isHnsEnabled: z.boolean().nullish(),
  isLocalUserEnabled: z.boolean().nullish(),
  isSftpEnabled: z.boolean().nullish(),
  minimumTlsVersion: z.enum(["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"]).nullish(),
  networkAcls: networkAcls.nullish(),
  publicNetworkAccess: z.enum(["Enabled", "Disabled", "SecuredByPerimeter"]).nullish(),
  supportsHttpsTrafficOnly: z.boolean().nullish(),
});

function checkName(name: string): void {
  if (/^[a-z0-9]{3,24}$/.test(name)) return;
  throw new ArmError(
    400,
    "AccountNameInvalid",
    `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
  );
}

function checkSku(sku: Readonly<Record<string, unknown>> | undefined, accountKind: string | undefined): void {
  const name = String(sku?.name ?? "");
  const [tier = "", redundancy = ""] = name.split("_");
  if (!/^(Standard|Premium)$/.test(tier) || !redundancies.includes(redundancy))
    throw badRequest(`The storage account's sku name '${name}' is not one of Standard_LRS, Standard_ZRS, ….`);
  if (accountKind === undefined || !kinds.includes(accountKind))
    throw badRequest(`The storage account's kind '${accountKind ?? ""}' is not one of ${kinds.join(", ")}.`);
}

const times = (resource: Resource) => new Date(resource.createdAt).toISOString();
const encrypted = (resource: Resource) => ({
  keyType: "Account",
  enabled: true,
  lastEnabledTime: times(resource),
});

function shown(view: View): object {
  const { resource } = view;
  return {
    accessTier: "Hot",
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    minimumTlsVersion: "TLS1_0",
    supportsHttpsTrafficOnly: true,
    encryption: {
      services: { blob: encrypted(resource), file: encrypted(resource) },
      keySource: "Microsoft.Storage",
    },
    ...resource.properties,
    networkAcls: networkAcls.parse(resource.properties.networkAcls ?? {}),
    creationTime: times(resource),
    keyCreationTime: { key1: times(resource), key2: times(resource) },
    primaryEndpoints: view.call.hosting.storage.endpoints(resource.name),
    primaryLocation: resource.location,
    privateEndpointConnections: [],
    provisioningState: provisioningState(view),
    statusOfPrimary: "available",
  };
}

/** Storage accounts; their data is in Azurite, behind a proxy that checks tokens and roles. */
export const storageAccountKind = kind({
  type,
  properties,
  location: "region",
  create: "location",
  globalName: (name) =>
    new ArmError(409, "StorageAccountAlreadyTaken", `The storage account named ${name} is already taken.`),
  check: ({ name, declared }) => {
    checkName(name);
    checkSku(declared.sku, declared.kind);
  },
  stored: async ({ call, resource }) => {
    await call.hosting.storage.open(resource.name);
  },
  show: (view) => {
    const { sku = {} } = view.resource;
    const [tier] = String(sku.name).split("_");
    return { sku: { ...sku, tier }, properties: shown(view), systemData: systemData(view) };
  },
  removed: async ({ hosting }, resource) => hosting.storage.close(resource.name),
});
