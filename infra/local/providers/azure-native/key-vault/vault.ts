import { z } from "zod";
import {
  isMap,
  type PlainProperties,
  type Reading,
  resourceType,
  suffixed,
  UNKNOWN,
} from "../../../../../components/plugin/serve";
import { type ArmResource, createResource, deleteResource, findResource, replaceResource } from "../arm";
import { partsOf, pathOf } from "../arm-ids";
import type { Azure } from "../azure";
import { locationOf } from "../location";
import { commonInputs, commonOutputs } from "../outputs";
import { plainProperties } from "../plain";

const FORMAT =
  "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{vaultName}";

const permissions = z.strictObject({
  certificates: z.array(z.string()).optional(),
  keys: z.array(z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  storage: z.array(z.string()).optional(),
});

const vaultProperties = z.strictObject({
  tenantId: z.guid("must be a GUID"),
  sku: z.strictObject({ family: z.literal("A"), name: z.enum(["standard", "premium"]) }),
  accessPolicies: z
    .array(
      z.strictObject({
        tenantId: z.guid(),
        objectId: z.string(),
        applicationId: z.string().optional(),
        permissions,
      }),
    )
    .optional(),
  createMode: z.enum(["default", "recover"]).optional(),
  enablePurgeProtection: z.boolean().optional(),
  enableRbacAuthorization: z.boolean().optional(),
  enableSoftDelete: z.boolean().optional(),
  enabledForDeployment: z.boolean().optional(),
  enabledForDiskEncryption: z.boolean().optional(),
  enabledForTemplateDeployment: z.boolean().optional(),
  networkAcls: z
    .strictObject({
      bypass: z.enum(["AzureServices", "None"]).optional(),
      defaultAction: z.enum(["Allow", "Deny"]).optional(),
      ipRules: z.array(z.strictObject({ value: z.string() })).optional(),
      virtualNetworkRules: z
        .array(z.strictObject({ id: z.string(), ignoreMissingVnetServiceEndpoint: z.boolean().optional() }))
        .optional(),
    })
    .optional(),
  publicNetworkAccess: z.string().optional(),
  softDeleteRetentionInDays: z.number().int().min(7).max(90).optional(),
});

const vaultInputs = z.strictObject({
  resourceGroupName: z.string().min(1, "must not be empty"),
  vaultName: z
    .string()
    .regex(
      /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
      "must be 3 to 24 letters, digits and single hyphens, beginning with a letter",
    ),
  location: z.string().min(1, "must not be empty").optional(),
  properties: vaultProperties,
  tags: z.record(z.string(), z.string()).optional(),
});

type VaultInputs = z.infer<typeof vaultInputs>;

/** `azure-native.keyvault.Vault`. */
export const vault = resourceType({
  token: "azure-native:keyvault:Vault",
  description: "A key vault.",
  inputs: vaultInputs,
  autoname: suffixed("vaultName", 24),
  computed: ["azureApiVersion", "name", "systemData", "type"],
  hidden: ["resourceGroupName", "vaultName"],
  serverChosen: ["location"],
  replaceOn: ["location", "properties.tenantId", "resourceGroupName", "vaultName"],
  deleteBeforeReplace: true,
  caseInsensitive: [
    "location",
    "properties.publicNetworkAccess",
    "properties.tenantId",
    "resourceGroupName",
    "vaultName",
  ],
  unordered: ["properties.networkAcls.ipRules", "properties.networkAcls.virtualNetworkRules"],
  defaults: {
    "properties.createMode": "default",
    "properties.enablePurgeProtection": false,
    "properties.enableRbacAuthorization": false,
    "properties.enableSoftDelete": true,
    "properties.enabledForDeployment": false,
    "properties.enabledForDiskEncryption": false,
    "properties.enabledForTemplateDeployment": false,
    "properties.networkAcls.bypass": "AzureServices",
    "properties.networkAcls.defaultAction": "Allow",
    "properties.publicNetworkAccess": "Enabled",
    "properties.softDeleteRetentionInDays": 90,
  },
  timeouts: { create: 60, update: 60, delete: 60 },
  preview: (inputs, olds) => {
    const declared = isMap(inputs.properties) ? inputs.properties : {};
    const before = isMap(olds?.properties)
      ? olds.properties
      : { vaultUri: UNKNOWN, provisioningState: UNKNOWN };
    return { properties: { ...before, ...declared } };
  },
  create: async (azure: Azure, inputs, operation) => {
    const path = pathOf(FORMAT, { ...namesIn(inputs), subscription: azure.subscriptionId });
    const body = await bodyOf(azure, inputs, operation);
    return readingOf(await createResource(azure.arm, "vault", path, body, operation, outputsOf));
  },
  read: async (azure, operation) => {
    const found = await findResource(azure.arm, "vault", operation.id, operation);
    return found === undefined ? undefined : readingOf(found);
  },
  update: async (azure, inputs, operation) => {
    const body = await bodyOf(azure, inputs, operation);
    return readingOf(await replaceResource(azure.arm, "vault", operation.id, body, operation));
  },
  delete: (azure, operation) => deleteResource(azure.arm, "vault", operation.id, operation),
});

function namesIn({ resourceGroupName, vaultName }: VaultInputs): Record<string, string> {
  return { resourceGroupName, vaultName };
}

async function bodyOf(
  azure: Azure,
  inputs: VaultInputs,
  limits: { readonly signal: AbortSignal; readonly deadline: number },
): Promise<Record<string, unknown>> {
  const location = await locationOf(azure, inputs.location, inputs.resourceGroupName, limits);
  return { location, tags: inputs.tags ?? {}, properties: { accessPolicies: [], ...inputs.properties } };
}

function outputsOf(resource: ArmResource): PlainProperties {
  return { ...commonOutputs(resource, "vault"), properties: plainProperties(resource.properties) };
}

function readingOf(resource: ArmResource): Reading {
  const names = partsOf(resource.id, FORMAT, ["resourceGroupName", "vaultName"]);
  const all = plainProperties(resource.properties);
  const declarable = Object.keys(vaultProperties.shape).filter((name) => all[name] !== undefined);
  const properties = Object.fromEntries(declarable.map((name) => [name, all[name]]));
  return {
    id: resource.id,
    inputs: { ...commonInputs(resource), ...names, properties },
    outputs: outputsOf(resource),
  };
}
