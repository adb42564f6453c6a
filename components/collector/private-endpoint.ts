import { PrivateDnsZoneGroup, PrivateEndpoint } from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";

/** A service that is to be reached from the virtual network alone. */
export interface EndpointTarget {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: pulumi.Input<string>;
  /** Azure resource id of the service. */
  readonly serviceId: pulumi.Input<string>;
  /** Which part of the service: `blob`, `queue`, `vault`, `sites`. */
  readonly group: string;
  readonly subnetId: pulumi.Input<string>;
  /** Private DNS zone that the endpoint's address is written to. */
  readonly zoneId: pulumi.Input<string>;
  readonly tags: { [name: string]: string } | undefined;
}

/** A private endpoint, with its address in the network's DNS. */
export function connectPrivately(
  name: string,
  target: EndpointTarget,
  options: pulumi.CustomResourceOptions,
): PrivateDnsZoneGroup {
  const endpoint = new PrivateEndpoint(
    `${name}-endpoint`,
    {
      resourceGroupName: target.resourceGroupName,
      privateEndpointName: name,
      location: target.location,
      subnet: { id: target.subnetId },
      privateLinkServiceConnections: [
        { name, privateLinkServiceId: target.serviceId, groupIds: [target.group] },
      ],
      tags: target.tags,
    },
    options,
  );
  return new PrivateDnsZoneGroup(
    `${name}-zone-group`,
    {
      resourceGroupName: target.resourceGroupName,
      privateEndpointName: endpoint.name,
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [{ name: target.group, privateDnsZoneId: target.zoneId }],
    },
    options,
  );
}
