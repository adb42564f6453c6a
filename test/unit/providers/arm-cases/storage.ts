import { ACCOUNT, type ArmCase, IDENTITY, placed, rg } from "./case";

/** A storage account with what has other names in ARM. */
export const account = {
  ...placed,
  accountName: "collector",
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  enableHttpsTrafficOnly: true,
  networkRuleSet: { defaultAction: "Deny", ipRules: [{ iPAddressOrRange: "198.51.100.0/24" }] },
  encryption: {
    keySource: "Microsoft.Keyvault",
    keyVaultProperties: { keyName: "k" },
    encryptionIdentity: { encryptionUserAssignedIdentity: IDENTITY },
  },
};

export const storageCases: readonly ArmCase[] = [
  {
    type: "storage:StorageAccount",
    inputs: account,
    path: ACCOUNT,
    version: "2024-01-01",
    body: {
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: {
        supportsHttpsTrafficOnly: true,
        networkAcls: { defaultAction: "Deny", ipRules: [{ value: "198.51.100.0/24" }] },
        encryption: {
          keySource: "Microsoft.Keyvault",
          keyvaultproperties: { keyname: "k" },
          identity: { userAssignedIdentity: IDENTITY },
        },
      },
    },
  },
  {
    type: "storage:BlobContainer",
    inputs: { ...rg, accountName: "collector", containerName: "data", publicAccess: "None" },
    path: `${ACCOUNT}/blobServices/default/containers/data`,
    version: "2024-01-01",
    body: { properties: { publicAccess: "None" } },
  },
  {
    type: "storage:Queue",
    inputs: { ...rg, accountName: "collector", queueName: "work", metadata: { a: "b" } },
    path: `${ACCOUNT}/queueServices/default/queues/work`,
    version: "2024-01-01",
    body: { properties: { metadata: { a: "b" } } },
  },
  {
    type: "storage:ManagementPolicy",
    inputs: { ...rg, accountName: "collector", managementPolicyName: "default", policy: { rules: [] } },
    path: `${ACCOUNT}/managementPolicies/default`,
    version: "2024-01-01",
    body: { properties: { policy: { rules: [] } } },
  },
];
