/** One resource of each Azure type that a closed network is made of, with a storage account within it. */
import * as network from "@pulumi/azure-native/network";
import { PrivateZone, VirtualNetworkLink } from "@pulumi/azure-native/privatedns";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import { StorageAccount } from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";

const tags = { purpose: new pulumi.Config().get("purpose") ?? "test" };
const group = new ResourceGroup("group", { resourceGroupName: "rg-network", location: "westeurope", tags });
const inGroup = { resourceGroupName: group.name };
const placed = { ...inGroup, location: group.location, tags };

const security = new network.NetworkSecurityGroup("security", {
  ...placed,
  networkSecurityGroupName: "security",
  securityRules: [
    {
      name: "deny-inbound",
      direction: "Inbound",
      access: "Deny",
      priority: 4096,
      protocol: "*",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
    },
  ],
});
const net = new network.VirtualNetwork("network", {
  ...placed,
  virtualNetworkName: "network",
  addressSpace: { addressPrefixes: ["10.90.0.0/24"] },
  subnets: [
    {
      name: "functions",
      addressPrefix: "10.90.0.0/25",
      networkSecurityGroup: { id: security.id },
      delegations: [{ name: "functions", serviceName: "Microsoft.App/environments" }],
    },
    {
      name: "endpoints",
      addressPrefix: "10.90.0.128/26",
      networkSecurityGroup: { id: security.id },
      privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
    },
  ],
});
const zone = new PrivateZone("zone", {
  ...inGroup,
  privateZoneName: "privatelink.blob.core.windows.net",
  location: "global",
  tags,
});
const link = new VirtualNetworkLink("link", {
  ...inGroup,
  privateZoneName: zone.name,
  virtualNetworkLinkName: "network",
  location: "global",
  registrationEnabled: false,
  virtualNetwork: { id: net.id },
});
const account = new StorageAccount("account", {
  ...placed,
  accountName: "contosonetwork",
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  publicNetworkAccess: "Disabled",
});
const endpoint = new network.PrivateEndpoint("endpoint", {
  ...placed,
  privateEndpointName: "blob",
  subnet: { id: pulumi.interpolate`${net.id}/subnets/endpoints` },
  privateLinkServiceConnections: [{ name: "blob", privateLinkServiceId: account.id, groupIds: ["blob"] }],
});
new network.PrivateDnsZoneGroup(
  "address",
  {
    ...inGroup,
    privateEndpointName: endpoint.name,
    privateDnsZoneGroupName: "default",
    privateDnsZoneConfigs: [{ name: "blob", privateDnsZoneId: zone.id }],
  },
  { dependsOn: link },
);

export const networkId = net.id;
