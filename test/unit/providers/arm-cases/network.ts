import { ACCOUNT, type ArmCase, NETWORK, placed, rg } from "./case";

/** A network with a subnet. */
export const network = {
  ...placed,
  virtualNetworkName: "net",
  addressSpace: { addressPrefixes: ["10.0.0.0/24"] },
  subnets: [
    {
      name: "apps",
      addressPrefix: "10.0.0.0/25",
      networkSecurityGroup: { id: "nsg" },
      delegations: [{ name: "apps", serviceName: "Microsoft.App/environments" }],
    },
  ],
};
const rule = {
  name: "deny",
  access: "Deny",
  direction: "Inbound",
  priority: 4096,
  protocol: "*",
  sourcePortRange: "*",
};

export const networkCases: readonly ArmCase[] = [
  {
    type: "network:VirtualNetwork",
    inputs: network,
    path: `${NETWORK}/virtualNetworks/net`,
    version: "2024-05-01",
    body: {
      location: "westeurope",
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/24"] },
        subnets: [
          {
            name: "apps",
            properties: {
              addressPrefix: "10.0.0.0/25",
              networkSecurityGroup: { id: "nsg" },
              delegations: [{ name: "apps", properties: { serviceName: "Microsoft.App/environments" } }],
            },
          },
        ],
      },
    },
  },
  {
    type: "network:Subnet",
    inputs: { ...rg, virtualNetworkName: "net", subnetName: "apps", addressPrefix: "10.0.0.0/25" },
    path: `${NETWORK}/virtualNetworks/net/subnets/apps`,
    version: "2024-05-01",
    body: { properties: { addressPrefix: "10.0.0.0/25" } },
  },
  {
    type: "network:NetworkSecurityGroup",
    inputs: { ...placed, networkSecurityGroupName: "nsg", securityRules: [rule] },
    path: `${NETWORK}/networkSecurityGroups/nsg`,
    version: "2024-05-01",
    body: {
      location: "westeurope",
      properties: {
        securityRules: [
          {
            name: "deny",
            properties: {
              access: "Deny",
              direction: "Inbound",
              priority: 4096,
              protocol: "*",
              sourcePortRange: "*",
            },
          },
        ],
      },
    },
  },
  {
    type: "network:PrivateEndpoint",
    inputs: {
      ...placed,
      privateEndpointName: "pe",
      subnet: { id: "subnet" },
      privateLinkServiceConnections: [{ name: "c", privateLinkServiceId: ACCOUNT, groupIds: ["blob"] }],
    },
    path: `${NETWORK}/privateEndpoints/pe`,
    version: "2024-05-01",
    body: {
      location: "westeurope",
      properties: {
        subnet: { id: "subnet" },
        privateLinkServiceConnections: [
          { name: "c", properties: { privateLinkServiceId: ACCOUNT, groupIds: ["blob"] } },
        ],
      },
    },
  },
  {
    type: "network:PrivateDnsZoneGroup",
    inputs: {
      ...rg,
      privateEndpointName: "pe",
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [{ name: "blob", privateDnsZoneId: "zone" }],
    },
    path: `${NETWORK}/privateEndpoints/pe/privateDnsZoneGroups/default`,
    version: "2024-05-01",
    body: {
      properties: { privateDnsZoneConfigs: [{ name: "blob", properties: { privateDnsZoneId: "zone" } }] },
    },
  },
  {
    type: "privatedns:PrivateZone",
    inputs: { ...rg, location: "global", privateZoneName: "privatelink.example" },
    path: `${NETWORK}/privateDnsZones/privatelink.example`,
    version: "2024-06-01",
    body: { location: "global", properties: {} },
  },
  {
    type: "privatedns:VirtualNetworkLink",
    inputs: {
      ...rg,
      location: "global",
      privateZoneName: "privatelink.example",
      virtualNetworkLinkName: "l",
      registrationEnabled: false,
      virtualNetwork: { id: "net" },
    },
    path: `${NETWORK}/privateDnsZones/privatelink.example/virtualNetworkLinks/l`,
    version: "2024-06-01",
    body: { location: "global", properties: { registrationEnabled: false, virtualNetwork: { id: "net" } } },
  },
];
