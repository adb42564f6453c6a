import { expect, it } from "vitest";
import { CollectorAlerts } from "../../../components/collector/alerts";
import { CollectorFunction } from "../../../components/collector/collector-function";
import { CollectorNetwork } from "../../../components/collector/network";
import { CollectorWorkspace } from "../../../components/collector/workspace";
import { armPathOf, azurePlaces } from "../../../scripts/lib/repair/azure-places";
import { type Registration, record } from "../../components/recorder";

const place = { resourceGroupName: "rg", location: "westeurope" };
const declared = record(() => {
  const network = new CollectorNetwork("collector-network", place);
  new CollectorWorkspace("collector-logs", place);
  new CollectorAlerts("collector-alerts", {
    ...place,
    workspaceId: "/workspace",
    emails: ["ops@contoso.example"],
    streams: [],
    credentials: [],
  });
  new CollectorFunction("collector", {
    ...place,
    subscriptionId: "s",
    identity: { identityId: "/identity", clientId: "client", principalId: "principal" },
    workspaceId: "/workspace",
    connectors: [],
    network,
    lock: true,
  });
});

const inAzure = ({ type }: Registration) => type.startsWith("azure-native:");

it("knows where every Azure resource of a collector is, by what the program declares of it", async () => {
  const resources = (await declared).filter(inAzure);
  expect(resources.length).toBeGreaterThan(30);
  const lost = resources.filter(({ type, inputs }) => {
    const known = azurePlaces[type];
    return known === undefined || armPathOf(known, inputs, "s") === undefined;
  });
  expect(lost.map(({ name, type }) => `${type} ${name}`)).toEqual([]);
});

it.each([
  [
    "azure-native:storage:BlobContainer",
    { resourceGroupName: "rg", accountName: "account", containerName: "data" },
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account/blobServices/default/containers/data",
  ],
  [
    "azure-native:authorization:RoleAssignment",
    { scope: "/subscriptions/s/resourceGroups/rg", roleAssignmentName: "guid" },
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Authorization/roleAssignments/guid",
  ],
  ["azure-native:resources:ResourceGroup", { resourceGroupName: "rg" }, "/subscriptions/s/resourceGroups/rg"],
  ["azure-native:web:WebApp", { resourceGroupName: "rg" }, undefined],
])("finds %s", (type, inputs, path) => {
  expect(armPathOf(azurePlaces[type]!, inputs, "s")).toBe(path);
});
