/** The API versions of each resource type that is served (pages "Azure Resource Manager template reference"). */
import { ArmError } from "./errors";

const resourceManager = [
  "2014-04-01",
  "2015-01-01",
  "2015-11-01",
  "2016-06-01",
  "2016-09-01",
  "2017-05-10",
  "2018-01-01",
  "2018-02-01",
  "2018-05-01",
  "2019-05-01",
  "2019-06-01",
  "2019-08-01",
  "2019-11-01",
  "2020-01-01",
  "2020-06-01",
  "2020-10-01",
  "2021-01-01",
  "2021-04-01",
  "2022-09-01",
  "2022-12-01",
  "2023-07-01",
  "2024-03-01",
  "2024-07-01",
  "2024-11-01",
  "2025-03-01",
  "2025-04-01",
];

const keyVault = [
  "2015-06-01",
  "2016-10-01",
  "2018-02-14",
  "2019-09-01",
  "2021-06-01-preview",
  "2021-10-01",
  "2021-11-01-preview",
  "2022-07-01",
  "2023-02-01",
  "2023-07-01",
  "2024-04-01-preview",
  "2024-11-01",
  "2024-12-01-preview",
  "2025-05-01",
];

const managedIdentity = [
  "2015-08-31-preview",
  "2018-11-30",
  "2021-09-30-preview",
  "2022-01-31-preview",
  "2023-01-31",
  "2023-07-31-preview",
  "2024-11-30",
];

const roleAssignments = [
  "2015-07-01",
  "2018-01-01-preview",
  "2018-07-01",
  "2018-09-01-preview",
  "2020-03-01-preview",
  "2020-04-01-preview",
  "2020-08-01-preview",
  "2020-10-01-preview",
  "2021-04-01-preview",
  "2022-04-01",
];

const roleDefinitions = [
  "2015-07-01",
  "2018-01-01-preview",
  "2022-04-01",
  "2022-05-01-preview",
  "2023-07-01-preview",
];
const managementGroups = [
  "2018-03-01-preview",
  "2019-11-01",
  "2020-02-01",
  "2020-05-01",
  "2021-04-01",
  "2023-04-01",
];

const storage = [
  "2019-06-01",
  "2021-09-01",
  "2022-09-01",
  "2023-01-01",
  "2023-05-01",
  "2024-01-01",
  "2025-01-01",
];
const web = [
  "2022-03-01",
  "2022-09-01",
  "2023-01-01",
  "2023-12-01",
  "2024-04-01",
  "2024-11-01",
  "2025-03-01",
  "2025-05-01",
];
const network = [
  "2022-07-01",
  "2023-02-01",
  "2023-09-01",
  "2024-01-01",
  "2024-03-01",
  "2024-05-01",
  "2024-07-01",
  "2024-10-01",
];
const privateDns = ["2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01"];

/** Resource Manager's own types answer a wrong version in another way than resource providers do. */
const ownTypes = { "Microsoft.Resources/resourceManager": resourceManager } as const;

/** Versions by type, for the types of resource providers. */
export const providerVersions = {
  "Microsoft.KeyVault/vaults": keyVault,
  "Microsoft.KeyVault/vaults/secrets": keyVault,
  "Microsoft.KeyVault/deletedVaults": keyVault,
  "Microsoft.KeyVault/checkNameAvailability": keyVault,
  "Microsoft.ManagedIdentity/userAssignedIdentities": managedIdentity,
  "Microsoft.Authorization/roleAssignments": roleAssignments,
  "Microsoft.Authorization/roleDefinitions": roleDefinitions,
  "Microsoft.Management/managementGroups": managementGroups,
  "Microsoft.Authorization/locks": ["2016-09-01", "2017-04-01", "2020-05-01"],
  "Microsoft.Storage/storageAccounts": storage,
  "Microsoft.Storage/storageAccounts/blobServices": storage,
  "Microsoft.Storage/storageAccounts/blobServices/containers": storage,
  "Microsoft.Storage/storageAccounts/queueServices": storage,
  "Microsoft.Storage/storageAccounts/queueServices/queues": storage,
  "Microsoft.Storage/storageAccounts/managementPolicies": storage,
  "Microsoft.Web/geoRegions": web,
  "Microsoft.Web/serverfarms": web,
  "Microsoft.Web/sites": web,
  "Microsoft.Web/sites/config": web,
  "Microsoft.Web/sites/basicPublishingCredentialsPolicies": web,
  "Microsoft.Web/sites/functions": web,
  "Microsoft.OperationalInsights/workspaces": [
    "2020-08-01",
    "2021-12-01-preview",
    "2022-10-01",
    "2023-09-01",
    "2025-02-01",
  ],
  "Microsoft.Insights/components": ["2015-05-01", "2018-05-01-preview", "2020-02-02", "2020-02-02-preview"],
  "Microsoft.Insights/diagnosticSettings": ["2017-05-01-preview", "2021-05-01-preview"],
  "Microsoft.Insights/actionGroups": ["2021-09-01", "2022-06-01", "2023-01-01", "2024-10-01-preview"],
  "Microsoft.Insights/metricAlerts": ["2018-03-01", "2024-03-01-preview"],
  "Microsoft.Insights/scheduledQueryRules": [
    "2021-08-01",
    "2022-06-15",
    "2022-08-01-preview",
    "2023-03-15-preview",
    "2023-12-01",
    "2024-01-01-preview",
    "2025-01-01-preview",
  ],
  "Microsoft.Network/virtualNetworks": network,
  "Microsoft.Network/virtualNetworks/subnets": network,
  "Microsoft.Network/networkSecurityGroups": network,
  "Microsoft.Network/privateEndpoints": network,
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups": network,
  "Microsoft.Network/privateDnsZones": privateDns,
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks": privateDns,
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A type that has API versions here. */
export type ArmType = keyof typeof providerVersions | keyof typeof ownTypes;

/**
 * Checks the `api-version` of a request for a type.
 * @throws ArmError 400 in the words of Resource Manager.
 */
export function checkApiVersion(type: ArmType, version: string | null): void {
  if (version === null || version === "") {
    throw new ArmError(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  const versions: readonly string[] =
    type in ownTypes ? resourceManager : providerVersions[type as keyof typeof providerVersions];
  if (versions.includes(version.toLowerCase())) return;
  const supported = [...versions].reverse().join(", ");
  if (type in ownTypes) {
    throw new ArmError(
      400,
      "InvalidApiVersionParameter",
      `The api-version '${version}' is invalid. The supported versions are '${supported}'.`,
    );
  }
  const [namespace, ...names] = type.split("/");
  throw new ArmError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location 'westeurope' and API version '${version}' for type '${names.join("/")}' ` +
      `in namespace '${namespace}'. The supported api-versions are '${supported}'.`,
  );
}
