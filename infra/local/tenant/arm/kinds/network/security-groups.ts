import { randomUUID } from "node:crypto";
import { z } from "zod";
import { badRequest } from "../../errors";
import type { Resource } from "../../model";
import { kind } from "../kind";
import { etagOf } from "./etag";

const rule = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({
    access: z.enum(["Allow", "Deny"]),
    direction: z.enum(["Inbound", "Outbound"]),
    priority: z.int().min(100).max(4096),
    protocol: z.string(),
  }),
});
const properties = z.looseObject({ securityRules: z.array(rule).nullish() });

/** What every group has below its own rules (page "Network security groups", default security rules). */
const defaults = (["Inbound", "Outbound"] as const).flatMap((direction) => {
  const [short, other] =
    direction === "Inbound" ? ["InBound", "AzureLoadBalancer"] : ["OutBound", "Internet"];
  const inbound = direction === "Inbound";
  const row = (name: string, priority: number, access: string, source: string, destination: string) => ({
    name: `${name}${short}`,
    ...{ priority, access, direction, sourceAddressPrefix: source, destinationAddressPrefix: destination },
  });
  return [
    row("AllowVnet", 65_000, "Allow", "VirtualNetwork", "VirtualNetwork"),
    row(`Allow${other}`, 65_001, "Allow", inbound ? "AzureLoadBalancer" : "*", inbound ? "*" : "Internet"),
    row("DenyAll", 65_500, "Deny", "*", "*"),
  ];
});

function defaultRules(group: Resource): object[] {
  return defaults.map(({ name, ...given }) => ({
    id: `${group.path}/defaultSecurityRules/${name}`,
    name,
    etag: etagOf(group),
    type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
    properties: {
      ...{ protocol: "*", sourcePortRange: "*", destinationPortRange: "*" },
      ...given,
      provisioningState: "Succeeded",
    },
  }));
}

function ownRules(group: Resource): object[] {
  return (properties.parse(group.properties).securityRules ?? []).map(({ name, properties: given }) => ({
    id: `${group.path}/securityRules/${name}`,
    name,
    etag: etagOf(group),
    type: "Microsoft.Network/networkSecurityGroups/securityRules",
    properties: { ...given, provisioningState: "Succeeded" },
  }));
}

/** Network security groups. */
export const securityGroupKind = kind({
  type: "Microsoft.Network/networkSecurityGroups",
  properties,
  location: "region",
  create: "async-operation",
  delete: "async-operation",
  check: ({ declared }) => {
    const keys = (declared.properties.securityRules ?? []).map(
      ({ properties: { direction, priority } }) => `${direction} ${priority}`,
    );
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined)
      throw badRequest(`Security rules have the same Priority and Direction: ${twice}.`);
  },
  complete: ({ current }) => ({ generated: { guid: current?.generated.guid ?? randomUUID() } }),
  show: ({ resource }) => ({
    etag: etagOf(resource),
    properties: {
      ...resource.properties,
      securityRules: ownRules(resource),
      defaultSecurityRules: defaultRules(resource),
      resourceGuid: resource.generated.guid,
      provisioningState: "Succeeded",
    },
  }),
});
