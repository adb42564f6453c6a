import { NetworkSecurityGroup, VirtualNetwork } from "@pulumi/azure-native/network";
import { PrivateZone, VirtualNetworkLink } from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import { splitAddressSpace } from "./address-space";

/** Where the private endpoints of a storage account go. */
export interface CollectorEndpointsArgs {
  /** Subnet of the endpoints. */
  subnetId: pulumi.Input<string>;
  /** Private DNS zones, by service. */
  blobZoneId: pulumi.Input<string>;
  queueZoneId: pulumi.Input<string>;
}

/** What a network for collectors is made from. */
export interface CollectorNetworkArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Azure region. */
  location: pulumi.Input<string>;
  /** IPv4 range in CIDR notation, /24 to /16. The upper half is for private endpoints. @default "10.90.0.0/24" */
  addressSpace?: string;
  /** Domain of the cloud's storage accounts. @default "core.windows.net" */
  storageSuffix?: string;
  /** @default none */
  tags?: { [name: string]: string };
}

/** Private DNS zones, by what they are for. Source: "Azure Private Endpoint private DNS zone values" (Microsoft Learn). */
const zoneNames = (storageSuffix: string) => ({
  blob: `privatelink.blob.${storageSuffix}`,
  queue: `privatelink.queue.${storageSuffix}`,
  site: "privatelink.azurewebsites.net",
  vault: "privatelink.vaultcore.azure.net",
});

/**
 * A virtual network for function apps and the private endpoints of what they use: a subnet that is delegated to the
 * apps' environments, a subnet for endpoints, both behind security groups, and the private DNS zones.
 */
export class CollectorNetwork extends pulumi.ComponentResource {
  /** Subnet that the function apps call out from. */
  public readonly functionsSubnetId: pulumi.Output<string>;
  /** Subnet of the private endpoints. */
  public readonly endpointsSubnetId: pulumi.Output<string>;
  public readonly blobZoneId: pulumi.Output<string>;
  public readonly queueZoneId: pulumi.Output<string>;
  public readonly siteZoneId: pulumi.Output<string>;
  public readonly vaultZoneId: pulumi.Output<string>;

  constructor(name: string, args: CollectorNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:CollectorNetwork", name, {}, opts);

    const network = declareNetwork(name, args, this);
    const subnetId = (subnet: string) => pulumi.interpolate`${network.id}/subnets/${subnet}`;
    const zones = zoneNames(args.storageSuffix ?? "core.windows.net");
    const zoneId = (service: keyof typeof zones) =>
      declareZone(`${name}-${service}`, zones[service], network, args, this);

    this.functionsSubnetId = subnetId("functions");
    this.endpointsSubnetId = subnetId("endpoints");
    this.blobZoneId = zoneId("blob");
    this.queueZoneId = zoneId("queue");
    this.siteZoneId = zoneId("site");
    this.vaultZoneId = zoneId("vault");
    this.registerOutputs({
      functionsSubnetId: this.functionsSubnetId,
      endpointsSubnetId: this.endpointsSubnetId,
      blobZoneId: this.blobZoneId,
      queueZoneId: this.queueZoneId,
      siteZoneId: this.siteZoneId,
      vaultZoneId: this.vaultZoneId,
    });
  }
}

function declareNetwork(name: string, args: CollectorNetworkArgs, parent: pulumi.Resource): VirtualNetwork {
  const { resourceGroupName, location, tags } = args;
  const addressSpace = args.addressSpace ?? "10.90.0.0/24";
  const [functions, endpoints] = splitAddressSpace(addressSpace);
  const group = (subnet: string) =>
    new NetworkSecurityGroup(
      `${name}-${subnet}-security`,
      {
        resourceGroupName,
        networkSecurityGroupName: `${name}-${subnet}`,
        location,
        securityRules: securityRules(subnet, functions),
        tags,
      },
      { parent },
    );
  return new VirtualNetwork(
    `${name}-network`,
    {
      resourceGroupName,
      virtualNetworkName: name,
      location,
      addressSpace: { addressPrefixes: [addressSpace] },
      subnets: [
        {
          name: "functions",
          addressPrefix: functions,
          networkSecurityGroup: { id: group("functions").id },
          delegations: [{ name: "functions", serviceName: "Microsoft.App/environments" }],
          privateEndpointNetworkPolicies: "Disabled",
        },
        {
          name: "endpoints",
          addressPrefix: endpoints,
          networkSecurityGroup: { id: group("endpoints").id },
          privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
        },
      ],
      tags,
    },
    { parent },
  );
}

/** Nobody calls into the apps' subnet; the endpoints are called by the apps alone, over TLS. */
function securityRules(subnet: string, functions: string) {
  const inbound = { direction: "Inbound", sourcePortRange: "*", destinationAddressPrefix: "*" };
  const deny = {
    ...inbound,
    name: "deny-inbound",
    priority: 4096,
    access: "Deny",
    protocol: "*",
    sourceAddressPrefix: "*",
    destinationPortRange: "*",
  };
  if (subnet === "functions") return [deny];
  const allow = {
    ...inbound,
    name: "allow-functions",
    priority: 100,
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: functions,
    destinationPortRange: "443",
  };
  return [allow, deny];
}

function declareZone(
  name: string,
  privateZoneName: string,
  network: VirtualNetwork,
  { resourceGroupName, tags }: CollectorNetworkArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  // A zone belongs to no region, and so do its links.
  const location = "global";
  const zone = new PrivateZone(
    `${name}-zone`,
    { resourceGroupName, privateZoneName, location, tags },
    { parent },
  );
  const link = new VirtualNetworkLink(
    `${name}-zone-link`,
    {
      resourceGroupName,
      privateZoneName: zone.name,
      virtualNetworkLinkName: "collector",
      location,
      registrationEnabled: false,
      virtualNetwork: { id: network.id },
      tags,
    },
    { parent },
  );
  // Whoever writes to the zone waits until the network asks it.
  return pulumi.all([zone.id, link.id]).apply(([id]) => id);
}
