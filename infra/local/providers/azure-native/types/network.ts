/** `azure-native.network` and `.privatedns`: networks, private endpoints and the names that lead to them. */
import { armType } from "../generic/arm-type";

const GROUP = "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/providers";
const NETWORK = `${GROUP}/Microsoft.Network`;

/** What of a subnet is flattened, wherever a subnet stands. */
function subnetParts(path: string): string[] {
  const parts = [
    "applicationGatewayIPConfigurations",
    "delegations",
    "networkSecurityGroup",
    "networkSecurityGroup.securityRules",
    "routeTable",
    "routeTable.routes",
    "serviceEndpointPolicies",
    "serviceEndpointPolicies.serviceEndpointPolicyDefinitions",
  ];
  return parts.map((part) => (path === "" ? part : `${path}.${part}`));
}

export const networkTypes = [
  armType({
    token: "azure-native:network:VirtualNetwork",
    kind: "virtualNetwork",
    description: "A virtual network.",
    path: `${NETWORK}/virtualNetworks/{virtualNetworkName}`,
    autoname: { property: "virtualNetworkName", longest: 64 },
    beside: ["extendedLocation", "location", "tags"],
    flattened: ["subnets", ...subnetParts("subnets"), "virtualNetworkPeerings"],
    replaceOn: ["extendedLocation"],
    keptWhenUndeclared: ["subnets", "virtualNetworkPeerings"],
  }),
  armType({
    token: "azure-native:network:Subnet",
    kind: "subnet",
    description: "A subnet of a virtual network.",
    path: `${NETWORK}/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}`,
    autoname: { property: "subnetName", longest: 80 },
    beside: ["name", "type"],
    flattened: subnetParts(""),
  }),
  armType({
    token: "azure-native:network:NetworkSecurityGroup",
    kind: "networkSecurityGroup",
    description: "Which traffic a subnet lets in and out.",
    path: `${NETWORK}/networkSecurityGroups/{networkSecurityGroupName}`,
    autoname: { property: "networkSecurityGroupName", longest: 80 },
    flattened: ["defaultSecurityRules", "securityRules"],
    keptWhenUndeclared: ["securityRules"],
  }),
  armType({
    token: "azure-native:network:PrivateEndpoint",
    kind: "privateEndpoint",
    description: "A service's address within a virtual network.",
    path: `${NETWORK}/privateEndpoints/{privateEndpointName}`,
    autoname: { property: "privateEndpointName", longest: 64 },
    flattened: [
      "ipConfigurations",
      "manualPrivateLinkServiceConnections",
      "networkInterfaces",
      "privateLinkServiceConnections",
      "subnet",
      ...subnetParts("subnet"),
    ],
    replaceOn: ["extendedLocation"],
  }),
  armType({
    token: "azure-native:network:PrivateDnsZoneGroup",
    kind: "privateDnsZoneGroup",
    description: "The private DNS zones that a private endpoint's address is written to.",
    path: `${NETWORK}/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}`,
    autoname: { property: "privateDnsZoneGroupName", longest: 80 },
    beside: ["name"],
    flattened: ["privateDnsZoneConfigs"],
  }),
  armType({
    token: "azure-native:privatedns:PrivateZone",
    kind: "privateDnsZone",
    description: "A private DNS zone.",
    path: `${NETWORK}/privateDnsZones/{privateZoneName}`,
    autoname: { property: "privateZoneName", longest: 63 },
  }),
  armType({
    token: "azure-native:privatedns:VirtualNetworkLink",
    kind: "privateDnsLink",
    description: "A virtual network that asks a private DNS zone.",
    path: `${NETWORK}/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}`,
    autoname: { property: "virtualNetworkLinkName", longest: 80 },
  }),
];
