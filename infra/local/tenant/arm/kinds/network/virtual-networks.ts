import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ArmCall, ArmContext } from "../../call";
import type { Resource } from "../../model";
import { resourceBody } from "../body";
import { kind, type View } from "../kind";
import { requireReference } from "../references";
import { etagOf } from "./etag";
import { refuseUsedSubnet, subnetKind, subnetSchema } from "./subnets";

const subnet = z.looseObject({ name: z.string().min(1), properties: subnetSchema });
const properties = z.looseObject({
  addressSpace: z.looseObject({ addressPrefixes: z.array(z.string()).min(1) }),
  subnets: z.array(subnet).nullish(),
});
type InlineSubnet = z.output<typeof subnet>;

const type = "Microsoft.Network/virtualNetworks";

function subnetsOf({ resources }: ArmContext, network: Resource): Resource[] {
  return resources.others.by("parent", network.id).filter((one) => one.type === `${type}/subnets`);
}

/** Subnets that are declared in their network are as good as those declared by themselves. */
function storeSubnets(call: ArmCall, network: Resource, declared: readonly InlineSubnet[]): void {
  const names = new Set(declared.map(({ name }) => name.toLowerCase()));
  for (const gone of subnetsOf(call, network).filter(({ name }) => !names.has(name.toLowerCase()))) {
    refuseUsedSubnet(call, gone);
    call.resources.others.delete(gone.id);
  }
  for (const { name, properties: given } of declared) {
    const path = `${network.path}/subnets/${name}`;
    const before = call.resources.others.get(path.toLowerCase());
    call.resources.others.put({
      ...network,
      ...{ id: path.toLowerCase(), path, type: `${type}/subnets`, name, properties: given },
      ...{ location: undefined, tags: {}, generated: {} },
      createdAt: before?.createdAt ?? network.modifiedAt,
    });
  }
}

function shown({ call, resource }: View): object {
  const subnets = subnetsOf(call, resource).map((one) => resourceBody(subnetKind, { call, resource: one }));
  return {
    enableDdosProtection: false,
    privateEndpointVNetPolicies: "Disabled",
    virtualNetworkPeerings: [],
    ...resource.properties,
    subnets,
    resourceGuid: resource.generated.guid,
    provisioningState: "Succeeded",
  };
}

/** Virtual networks. No packet goes through them here: addresses stay on loopback. */
export const virtualNetworkKind = kind({
  type,
  properties,
  location: "region",
  create: "async-operation",
  delete: "async-operation",
  check: ({ call, declared }) => {
    for (const { properties: given } of declared.properties.subnets ?? []) {
      const group = given.networkSecurityGroup?.id;
      if (group !== undefined)
        requireReference(
          call.resources,
          group,
          "Microsoft.Network/networkSecurityGroups",
          "networkSecurityGroup",
        );
    }
  },
  complete: ({ current, declared }) => {
    const { subnets: _, ...others } = declared.properties;
    return { generated: { guid: current?.generated.guid ?? randomUUID() }, properties: others };
  },
  stored: ({ resource }, { call, declared }) => {
    const given = declared.properties;
    if (given.subnets) storeSubnets(call, resource, given.subnets);
  },
  checkRemoval: (call, network) => {
    for (const one of subnetsOf(call, network)) refuseUsedSubnet(call, one);
  },
  show: (view) => ({ etag: etagOf(view.resource), properties: shown(view) }),
});
