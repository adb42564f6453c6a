import { describe, expect, it } from "vitest";
import { isAddressRange, splitAddressSpace } from "../../components/collector/address-space";
import { CollectorFunction } from "../../components/collector/collector-function";
import { CollectorNetwork } from "../../components/collector/network";
import { ofType, type Registration, record } from "./recorder";

const network = {
  functionsSubnetId: "/functions",
  endpointsSubnetId: "/endpoints",
  blobZoneId: "/blob-zone",
  queueZoneId: "/queue-zone",
  siteZoneId: "/site-zone",
};

function closed(deployerIpRanges?: string[]): Promise<Registration[]> {
  return record(
    () =>
      new CollectorFunction("collector", {
        subscriptionId: "subscription",
        resourceGroupName: "rg",
        location: "westeurope",
        identity: { identityId: "/identity", clientId: "client", principalId: "principal" },
        workspaceId: "/workspace",
        connectors: [],
        network,
        ...(deployerIpRanges === undefined ? {} : { deployerIpRanges }),
      }),
  );
}

function inputs(registrations: readonly Registration[], type: string) {
  return ofType(registrations, type).map((registration) => registration.inputs);
}

describe("an app in a network", () => {
  it("reaches its storage by private endpoints alone, whose addresses the network knows", async () => {
    const registrations = await closed();
    const [account] = inputs(registrations, "azure-native:storage:StorageAccount");
    expect(account).toMatchObject({
      publicNetworkAccess: "Disabled",
      networkRuleSet: { bypass: "None", defaultAction: "Deny" },
    });
    const connections = inputs(registrations, "azure-native:network:PrivateEndpoint").map(
      ({ subnet, privateLinkServiceConnections }) => [subnet, privateLinkServiceConnections],
    );
    const connection = (name: string, group: string, id: string) => [
      expect.objectContaining({ id: "/endpoints" }),
      [{ name, privateLinkServiceId: id, groupIds: [group] }],
    ];
    expect(connections).toEqual([
      connection("collector-site", "sites", "collector-app-site-id"),
      connection("collector-storage-blob", "blob", "collector-storage-account-id"),
      connection("collector-storage-queue", "queue", "collector-storage-account-id"),
    ]);
    const zones = inputs(registrations, "azure-native:network:PrivateDnsZoneGroup").map(
      ({ privateEndpointName, privateDnsZoneConfigs }) => [privateEndpointName, privateDnsZoneConfigs],
    );
    expect(zones).toEqual([
      ["collector-site", [{ name: "sites", privateDnsZoneId: "/site-zone" }]],
      ["collector-storage-blob", [{ name: "blob", privateDnsZoneId: "/blob-zone" }]],
      ["collector-storage-queue", [{ name: "queue", privateDnsZoneId: "/queue-zone" }]],
    ]);
  });

  it("is closed, and calls out through the network", async () => {
    const [site] = inputs(await closed(), "azure-native:web:WebApp");
    expect(site).toMatchObject({
      publicNetworkAccess: "Disabled",
      virtualNetworkSubnetId: "/functions",
    });
    // Settings of other plans, which Flex Consumption does without.
    expect(site).not.toHaveProperty("outboundVnetRouting");
    expect(site).not.toHaveProperty("vnetRouteAllEnabled");
    expect(site?.siteConfig).not.toHaveProperty("scmIpSecurityRestrictions");
  });

  it("takes code from the deployer's ranges and nothing else from outside", async () => {
    const [site] = inputs(await closed(["203.0.113.0/24"]), "azure-native:web:WebApp");
    expect(site).toMatchObject({
      publicNetworkAccess: "Enabled",
      siteConfig: {
        ipSecurityRestrictionsDefaultAction: "Deny",
        scmIpSecurityRestrictionsUseMain: false,
        scmIpSecurityRestrictionsDefaultAction: "Deny",
        scmIpSecurityRestrictions: [
          { name: "deployer-0", action: "Allow", priority: 100, ipAddress: "203.0.113.0/24" },
        ],
      },
    });
    expect(site?.siteConfig).not.toHaveProperty("ipSecurityRestrictions");
  });
});

describe("the network", () => {
  const made = () =>
    record(
      () => new CollectorNetwork("collector-network", { resourceGroupName: "rg", location: "westeurope" }),
    );

  it("has a subnet for the apps and one for endpoints, each behind a security group", async () => {
    const registrations = await made();
    expect(inputs(registrations, "azure-native:network:VirtualNetwork")).toEqual([
      {
        resourceGroupName: "rg",
        virtualNetworkName: "collector-network",
        location: "westeurope",
        addressSpace: { addressPrefixes: ["10.90.0.0/24"] },
        // The SDK's own defaults.
        enableDdosProtection: false,
        enableVmProtection: false,
        subnets: [
          {
            name: "functions",
            addressPrefix: "10.90.0.0/25",
            networkSecurityGroup: { id: "collector-network-functions-security-id" },
            delegations: [{ name: "functions", serviceName: "Microsoft.App/environments" }],
            privateEndpointNetworkPolicies: "Disabled",
          },
          {
            name: "endpoints",
            addressPrefix: "10.90.0.128/25",
            networkSecurityGroup: { id: "collector-network-endpoints-security-id" },
            privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
          },
        ],
      },
    ]);
    const rules = inputs(registrations, "azure-native:network:NetworkSecurityGroup").map(
      ({ securityRules }) =>
        (securityRules as { name: string; access: string; sourceAddressPrefix: string }[]).map(
          ({ access, sourceAddressPrefix }) => `${access} ${sourceAddressPrefix}`,
        ),
    );
    expect(rules).toEqual([["Allow 10.90.0.0/25", "Deny *"], ["Deny *"]]);
  });

  it("asks private zones for the addresses of blob, queue, site and vault", async () => {
    const registrations = await made();
    const zones = inputs(registrations, "azure-native:privatedns:PrivateZone").map(
      ({ privateZoneName, location }) => [privateZoneName, location],
    );
    expect(zones).toEqual([
      ["privatelink.blob.core.windows.net", "global"],
      ["privatelink.queue.core.windows.net", "global"],
      ["privatelink.azurewebsites.net", "global"],
      ["privatelink.vaultcore.azure.net", "global"],
    ]);
    const links = inputs(registrations, "azure-native:privatedns:VirtualNetworkLink");
    expect(links).toHaveLength(4);
    for (const link of links) {
      expect(link).toMatchObject({
        registrationEnabled: false,
        virtualNetwork: { id: "collector-network-network-id" },
      });
    }
  });
});

describe("an address space", () => {
  it.each([
    ["10.90.0.0/24", "10.90.0.0/25", "10.90.0.128/25"],
    ["10.90.0.0/23", "10.90.0.0/24", "10.90.1.0/24"],
    ["172.16.0.0/16", "172.16.0.0/17", "172.16.128.0/17"],
    ["192.168.255.0/24", "192.168.255.0/25", "192.168.255.128/25"],
  ])("%s is halved", (range, first, second) => {
    expect(splitAddressSpace(range)).toEqual([first, second]);
  });

  it.each(["10.90.0.1/24", "10.90.0.0", "10.90.0/24", "256.0.0.0/8", "10.0.0.0/33", "fd00::/64", ""])(
    "%j is none",
    (text) => {
      expect(isAddressRange(text)).toBe(false);
    },
  );

  it.each(["0.0.0.0/0", "203.0.113.7/32", "255.255.255.0/24"])("%s is one", (text) => {
    expect(isAddressRange(text)).toBe(true);
  });
});
