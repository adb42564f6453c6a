/** Private DNS zones and the networks that ask them. */
import { z } from "zod";
import type { ArmContext } from "../../call";
import { ArmError } from "../../errors";
import type { Resource } from "../../model";
import { kind } from "../kind";
import { requireReference } from "../references";
import { etagOf } from "./etag";

const linkType = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";

function linksOf({ resources }: ArmContext, zone: Resource): Resource[] {
  return resources.others.by("parent", zone.id).filter(({ type }) => type === linkType);
}

/** Private DNS zones. */
export const privateZoneKind = kind({
  type: "Microsoft.Network/privateDnsZones",
  properties: z.looseObject({}),
  location: "global",
  create: "async-operation",
  delete: "async-operation",
  checkRemoval: (call, zone) => {
    if (linksOf(call, zone).length === 0) return;
    throw new ArmError(
      409,
      "CannotDeleteResource",
      `Can not delete resource before nested resources are deleted: ${zone.name} has virtual network links.`,
    );
  },
  show: ({ call, resource }) => ({
    etag: etagOf(resource),
    properties: {
      ...resource.properties,
      maxNumberOfRecordSets: 25_000,
      maxNumberOfVirtualNetworkLinks: 1000,
      maxNumberOfVirtualNetworkLinksWithRegistration: 100,
      numberOfRecordSets: 1,
      numberOfVirtualNetworkLinks: linksOf(call, resource).length,
      numberOfVirtualNetworkLinksWithRegistration: 0,
      provisioningState: "Succeeded",
    },
  }),
});

/** A virtual network that asks a zone. */
export const networkLinkKind = kind({
  type: linkType,
  properties: z.looseObject({
    registrationEnabled: z.boolean().nullish(),
    virtualNetwork: z.looseObject({ id: z.string() }),
  }),
  location: "global",
  create: "async-operation",
  delete: "async-operation",
  check: ({ call, declared }) => {
    const { id } = declared.properties.virtualNetwork;
    requireReference(call.resources, id, "Microsoft.Network/virtualNetworks", "virtualNetwork");
  },
  show: ({ resource }) => ({
    etag: etagOf(resource),
    properties: {
      registrationEnabled: false,
      ...resource.properties,
      provisioningState: "Succeeded",
      virtualNetworkLinkState: "Completed",
    },
  }),
});
