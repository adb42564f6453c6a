/**
 * More of Microsoft's applications: absent from a new tenant, created there by their appId (page "Verify first-party
 * Microsoft applications in sign-in reports"). The tenant knows none of their app roles.
 */
import type { FirstPartyApp } from "./first-party-app";

const names: Readonly<Record<string, string>> = {
  "00000004-0000-0ff1-ce00-000000000000": "Skype for Business Online",
  "00000005-0000-0ff1-ce00-000000000000": "Yammer",
  "00000007-0000-0000-c000-000000000000": "Dataverse",
  "00000009-0000-0000-c000-000000000000": "Power BI Service",
  "00000012-0000-0000-c000-000000000000": "Microsoft Rights Management Services",
  "022907d3-0f1b-48f7-badc-1ba6abab6d66": "Azure SQL Database",
  "123cd850-d9df-40bd-94d5-c9f07b7fa203": "Azure OSSRDBMS Database",
  "2746ea77-4702-4b45-80ca-3c97e680e8b7": "Azure Data Explorer",
  "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d": "AzureDatabricks",
  "35ffadb3-7fc1-497e-b61b-381d28e744cc": "Azure App Configuration",
  "499b84ac-1321-427f-aa17-267ca6975798": "Azure DevOps",
  "6dae42f8-4368-4678-94ff-3960e28e3630": "Azure Kubernetes Service AAD Server",
  "7d312290-28c8-473c-a0ed-8e53749b6d6d": "Microsoft Cognitive Services",
  "7df0a125-d3be-4c96-aa54-591f83ff541c": "Microsoft Flow Service",
  "80369ed6-5f11-4dd9-bef3-692475845e77": "Microsoft.EventHubs",
  "80a10ef9-8168-493d-abf9-3297c4ef6e3c": "Microsoft.ServiceBus",
  "8ee8fdad-f234-4243-8f3b-15c294843740": "Microsoft Threat Protection",
  "9cdead84-a844-4324-93f2-b2e6bb768d07": "Azure Virtual Desktop",
  "a232010e-820c-4083-83bb-3ace5fc29d0b": "Azure Cosmos DB",
  "abfa0a7c-a6b6-4736-8310-5855508787cd": "Microsoft Azure App Service",
  "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5": "Log Analytics API",
  "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe": "Microsoft Teams Services",
  "cfa8b339-82a2-471a-a3c9-0fc0be7a4093": "Azure Key Vault",
  "da9b70f6-5323-4ce6-ae5c-88dcc5082966": "Universal Print",
  "e406a681-f3d4-42a8-90b6-c2b029497af1": "Azure Storage",
  "fc780465-2017-40d4-a0c5-307022471b92": "WindowsDefenderATP",
};

export const furtherFirstPartyApps: readonly FirstPartyApp[] = Object.entries(names).map(
  ([appId, displayName]) => ({ appId, displayName, appRoles: [] }),
);
