import { z } from "zod";
import type { ArmContext } from "../../call";
import { ArmError } from "../../errors";
import type { Resource } from "../../model";
import { kind, type View } from "../kind";
import { requireReference } from "../references";
import { etagOf } from "./etag";

const reference = z.looseObject({ id: z.string() });
const delegation = z.looseObject({
  name: z.string(),
  properties: z.looseObject({ serviceName: z.string() }).nullish(),
});

/** `properties` of a subnet, by itself or inline in its network. */
export const subnetSchema = z.looseObject({
  addressPrefix: z.string().nullish(),
  addressPrefixes: z.array(z.string()).nullish(),
  networkSecurityGroup: reference.nullish(),
  delegations: z.array(delegation).nullish(),
  privateEndpointNetworkPolicies: z.string().nullish(),
});

/** What a subnet tells of itself, also inline in its network. */
function subnetBody({ resource }: View): { readonly properties: object; readonly etag: string } {
  const { delegations, ...declared } = subnetSchema.parse(resource.properties);
  return {
    etag: etagOf(resource),
    properties: {
      privateEndpointNetworkPolicies: "Disabled",
      privateLinkServiceNetworkPolicies: "Enabled",
      ...declared,
      delegations: (delegations ?? []).map(({ name, properties, ...rest }) => ({
        ...rest,
        id: `${resource.path}/delegations/${name}`,
        name,
        etag: etagOf(resource),
        type: "Microsoft.Network/virtualNetworks/subnets/delegations",
        properties: {
          ...properties,
          actions: ["Microsoft.Network/virtualNetworks/subnets/action"],
          provisioningState: "Succeeded",
        },
      })),
      provisioningState: "Succeeded",
    },
  };
}

/** What uses a subnet: private endpoints in it, apps that call out from it. */
function usersOf({ resources }: ArmContext, subnet: Resource): string[] {
  return [...resources.others.values()].flatMap(({ path, type, properties }) => {
    const used =
      type === "Microsoft.Network/privateEndpoints"
        ? (properties.subnet as { readonly id?: string } | undefined)?.id
        : type === "Microsoft.Web/sites"
          ? properties.virtualNetworkSubnetId
          : undefined;
    return typeof used === "string" && used.toLowerCase() === subnet.id ? [path] : [];
  });
}

/** @throws ArmError 400 while something is in the subnet */
export function refuseUsedSubnet(context: ArmContext, subnet: Resource): void {
  const [user] = usersOf(context, subnet);
  if (user === undefined) return;
  throw new ArmError(
    400,
    "InUseSubnetCannotBeDeleted",
    `Subnet ${subnet.name} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet.`,
  );
}

/** Subnets of virtual networks. */
export const subnetKind = kind({
  type: "Microsoft.Network/virtualNetworks/subnets",
  properties: subnetSchema,
  location: "none",
  create: "async-operation",
  delete: "async-operation",
  check: ({ call, declared }) => {
    const group = declared.properties.networkSecurityGroup;
    if (group)
      requireReference(
        call.resources,
        group.id,
        "Microsoft.Network/networkSecurityGroups",
        "networkSecurityGroup",
      );
  },
  checkRemoval: refuseUsedSubnet,
  show: subnetBody,
});
