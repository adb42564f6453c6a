/** `azure-native.storage`: accounts, and what is in them. */
import { armType } from "../generic/arm-type";

const ACCOUNT =
  "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}";

const accountName = { pattern: /^[a-z0-9]{3,24}$/, rule: "3 to 24 lower-case letters and digits" };
const containerName = {
  pattern: /^(?:\$root|\$web|\$logs|(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*)$/,
  rule: "3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit",
};

/** The SDK's names for what the service calls otherwise ("StorageAccountPropertiesCreateParameters"). */
const renamed = {
  enableHttpsTrafficOnly: "supportsHttpsTrafficOnly",
  enableNfsV3: "isNfsV3Enabled",
  networkRuleSet: "networkAcls",
  "networkRuleSet.ipRules.iPAddressOrRange": "value",
  "networkRuleSet.virtualNetworkRules.virtualNetworkResourceId": "id",
  "encryption.encryptionIdentity": "identity",
  "encryption.encryptionIdentity.encryptionFederatedIdentityClientId": "federatedIdentityClientId",
  "encryption.encryptionIdentity.encryptionUserAssignedIdentity": "userAssignedIdentity",
  "encryption.keyVaultProperties": "keyvaultproperties",
  "encryption.keyVaultProperties.keyName": "keyname",
  "encryption.keyVaultProperties.keyVaultUri": "keyvaulturi",
  "encryption.keyVaultProperties.keyVersion": "keyversion",
};

export const storageTypes = [
  armType({
    token: "azure-native:storage:StorageAccount",
    kind: "storageAccount",
    description: "A storage account.",
    path: ACCOUNT,
    autoname: { property: "accountName", longest: 24 },
    names: { accountName },
    renamed,
    replaceOn: ["enableNfsV3", "extendedLocation", "isHnsEnabled"],
  }),
  armType({
    token: "azure-native:storage:BlobContainer",
    kind: "storageContainer",
    description: "A blob container of a storage account.",
    path: `${ACCOUNT}/blobServices/default/containers/{containerName}`,
    autoname: { property: "containerName", longest: 63 },
    names: { containerName },
  }),
  armType({
    token: "azure-native:storage:Queue",
    kind: "storageQueue",
    description: "A queue of a storage account.",
    path: `${ACCOUNT}/queueServices/default/queues/{queueName}`,
    autoname: { property: "queueName", longest: 63 },
    names: { queueName: containerName },
  }),
  armType({
    token: "azure-native:storage:ManagementPolicy",
    kind: "storageManagementPolicy",
    description: "The lifecycle rules of a storage account.",
    path: `${ACCOUNT}/managementPolicies/{managementPolicyName}`,
    names: {
      managementPolicyName: { pattern: /^default$/, rule: "default: an account has one policy" },
    },
  }),
];
