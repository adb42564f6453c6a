/** Where the Azure resources of a stack are in Azure Resource Manager, by their inputs; API versions as the plugin uses them. */
import { z } from "zod";
import type { StateResource } from "../stack/state";

/** Where a resource of a type is, and the API version that knows it. */
export interface ArmPlace {
  readonly apiVersion: string;
  /** Path with the names of inputs in braces: of the resource group, or from the root where it begins with a brace. */
  readonly template: string;
}

const account = "Microsoft.Storage/storageAccounts/{accountName}";
const publishing = "Microsoft.Web/sites/{name}/basicPublishingCredentialsPolicies";

const versions = {
  authorization: "2022-04-01",
  locks: "2020-05-01",
  vault: "2024-11-01",
  storage: "2024-01-01",
  web: "2025-05-01",
  network: "2024-05-01",
  privateDns: "2024-06-01",
} as const;

export const azurePlaces: Readonly<Record<string, ArmPlace>> = {
  "azure-native:resources:ResourceGroup": { apiVersion: "2024-03-01", template: "" },
  "azure-native:managedidentity:UserAssignedIdentity": {
    apiVersion: "2023-01-31",
    template: "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}",
  },
  "azure-native:authorization:RoleAssignment": {
    apiVersion: versions.authorization,
    template: "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
  },
  "azure-native:authorization:ManagementLockByScope": {
    apiVersion: versions.locks,
    template: "{scope}/providers/Microsoft.Authorization/locks/{lockName}",
  },
  "azure-native:keyvault:Vault": {
    apiVersion: versions.vault,
    template: "Microsoft.KeyVault/vaults/{vaultName}",
  },
  "azure-native:keyvault:Secret": {
    apiVersion: versions.vault,
    template: "Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}",
  },
  "azure-native:storage:StorageAccount": { apiVersion: versions.storage, template: account },
  "azure-native:storage:BlobContainer": {
    apiVersion: versions.storage,
    template: `${account}/blobServices/default/containers/{containerName}`,
  },
  "azure-native:storage:Queue": {
    apiVersion: versions.storage,
    template: `${account}/queueServices/default/queues/{queueName}`,
  },
  "azure-native:storage:ManagementPolicy": {
    apiVersion: versions.storage,
    template: `${account}/managementPolicies/{managementPolicyName}`,
  },
  "azure-native:web:AppServicePlan": {
    apiVersion: versions.web,
    template: "Microsoft.Web/serverfarms/{name}",
  },
  "azure-native:web:WebApp": { apiVersion: versions.web, template: "Microsoft.Web/sites/{name}" },
  "azure-native:web:WebAppFtpAllowed": { apiVersion: versions.web, template: `${publishing}/ftp` },
  "azure-native:web:WebAppScmAllowed": { apiVersion: versions.web, template: `${publishing}/scm` },
  "azure-native:operationalinsights:Workspace": {
    apiVersion: "2023-09-01",
    template: "Microsoft.OperationalInsights/workspaces/{workspaceName}",
  },
  "azure-native:applicationinsights:Component": {
    apiVersion: "2020-02-02",
    template: "Microsoft.Insights/components/{resourceName}",
  },
  "azure-native:monitor:DiagnosticSetting": {
    apiVersion: "2021-05-01-preview",
    template: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
  },
  "azure-native:monitor:ScheduledQueryRule": {
    apiVersion: "2025-01-01-preview",
    template: "Microsoft.Insights/scheduledQueryRules/{ruleName}",
  },
  "azure-native:monitor:ActionGroup": {
    apiVersion: "2024-10-01-preview",
    template: "Microsoft.Insights/actionGroups/{actionGroupName}",
  },
  "azure-native:network:VirtualNetwork": {
    apiVersion: versions.network,
    template: "Microsoft.Network/virtualNetworks/{virtualNetworkName}",
  },
  "azure-native:network:NetworkSecurityGroup": {
    apiVersion: versions.network,
    template: "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}",
  },
  "azure-native:network:PrivateEndpoint": {
    apiVersion: versions.network,
    template: "Microsoft.Network/privateEndpoints/{privateEndpointName}",
  },
  "azure-native:network:PrivateDnsZoneGroup": {
    apiVersion: versions.network,
    template:
      "Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}",
  },
  "azure-native:privatedns:PrivateZone": {
    apiVersion: versions.privateDns,
    template: "Microsoft.Network/privateDnsZones/{privateZoneName}",
  },
  "azure-native:privatedns:VirtualNetworkLink": {
    apiVersion: versions.privateDns,
    template:
      "Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}",
  },
};

const text = z.string().min(1);

/** The path below the ARM endpoint; undefined when the inputs don't name one. */
export function armPathOf(
  { template }: ArmPlace,
  inputs: StateResource["inputs"],
  subscription: string,
): string | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const fromRoot = template.startsWith("{");
  const needed = fromRoot ? names : ["resourceGroupName", ...names];
  if (!needed.every((name) => text.safeParse(inputs[name]).success)) return undefined;
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => text.parse(inputs[name]));
  if (fromRoot) return `/${filled.replace(/^\//, "")}`;
  const group = `/subscriptions/${subscription}/resourceGroups/${text.parse(inputs.resourceGroupName)}`;
  return filled === "" ? group : `${group}/providers/${filled}`;
}
