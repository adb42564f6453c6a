/** Private endpoints and the DNS zones their addresses are written to. */
import { z } from "zod";
import { badRequest } from "../../errors";
import type { Resource } from "../../model";
import { kind } from "../kind";
import { resourceType } from "../paths";
import { requireReference, requireReferences } from "../references";
import { etagOf } from "./etag";

const connection = z.looseObject({
  name: z.string(),
  properties: z.looseObject({
    privateLinkServiceId: z.string(),
    groupIds: z.array(z.string()).min(1),
  }),
});
const properties = z.looseObject({
  subnet: z.looseObject({ id: z.string() }),
  privateLinkServiceConnections: z.array(connection).nullish(),
});

/** Parts of a service that have endpoints (page "What is a private endpoint?", private-link resource). */
const groups: Readonly<Record<string, readonly string[]>> = {
  "microsoft.storage/storageaccounts": ["blob", "queue", "table", "file", "web", "dfs"],
  "microsoft.web/sites": ["sites"],
  "microsoft.keyvault/vaults": ["vault"],
};

function shownConnections(endpoint: Resource): object[] {
  return (properties.parse(endpoint.properties).privateLinkServiceConnections ?? []).map(
    ({ name, properties: given }) => ({
      id: `${endpoint.path}/privateLinkServiceConnections/${name}`,
      name,
      etag: etagOf(endpoint),
      type: "Microsoft.Network/privateEndpoints/privateLinkServiceConnections",
      properties: {
        ...given,
        privateLinkServiceConnectionState: {
          status: "Approved",
          description: "Auto-Approved",
          actionsRequired: "None",
        },
        provisioningState: "Succeeded",
      },
    }),
  );
}

/** A service's address within a virtual network. */
export const privateEndpointKind = kind({
  type: "Microsoft.Network/privateEndpoints",
  properties,
  location: "region",
  create: "async-operation",
  delete: "async-operation",
  check: ({ call, declared }) => {
    const { subnet, privateLinkServiceConnections } = declared.properties;
    requireReference(call.resources, subnet.id, "Microsoft.Network/virtualNetworks/subnets", "subnet");
    for (const { properties: given } of privateLinkServiceConnections ?? []) {
      requireReferences(call.resources, [given.privateLinkServiceId]);
      const offered = groups[resourceType(given.privateLinkServiceId)?.toLowerCase() ?? ""] ?? [];
      const wrong = given.groupIds.find((id) => !offered.includes(id));
      if (wrong !== undefined)
        throw badRequest(`The groupId '${wrong}' is not valid for '${given.privateLinkServiceId}'.`);
    }
  },
  show: ({ resource }) => ({
    etag: etagOf(resource),
    properties: {
      customNetworkInterfaceName: "",
      ipConfigurations: [],
      manualPrivateLinkServiceConnections: [],
      ...resource.properties,
      customDnsConfigs: [],
      networkInterfaces: [
        {
          id: resource.path.replace(/\/privateEndpoints\/([^/]+)$/, "/networkInterfaces/$1.nic"),
        },
      ],
      privateLinkServiceConnections: shownConnections(resource),
      provisioningState: "Succeeded",
    },
  }),
});

const zoneConfig = z.looseObject({
  name: z.string(),
  properties: z.looseObject({ privateDnsZoneId: z.string() }),
});
const zoneGroup = z.looseObject({ privateDnsZoneConfigs: z.array(zoneConfig).nullish() });

/** The private DNS zones that an endpoint's address is written to. */
export const zoneGroupKind = kind({
  type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
  properties: zoneGroup,
  location: "none",
  create: "async-operation",
  delete: "async-operation",
  check: ({ call, declared }) => {
    for (const { properties: given } of declared.properties.privateDnsZoneConfigs ?? [])
      requireReference(
        call.resources,
        given.privateDnsZoneId,
        "Microsoft.Network/privateDnsZones",
        "privateDnsZoneId",
      );
  },
  show: ({ resource }) => ({
    etag: etagOf(resource),
    properties: {
      privateDnsZoneConfigs: (zoneGroup.parse(resource.properties).privateDnsZoneConfigs ?? []).map(
        ({ name, properties: given }) => ({
          id: `${resource.path}/privateDnsZoneConfigs/${name}`,
          name,
          etag: etagOf(resource),
          type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/privateDnsZoneConfigs",
          properties: { ...given, provisioningState: "Succeeded", recordSets: [] },
        }),
      ),
      provisioningState: "Succeeded",
    },
  }),
});
