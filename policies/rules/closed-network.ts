import { z } from "zod";
import { judged, notApplicable } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import type { StackResource } from "../harness/stack";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const closedNetwork = resourceRule({
  id: "closed-network",
  title: "Vaults, storage and function apps are reached by private endpoints alone",
  severity: "medium",
  enforcement: "mandatory",
  cause: "publicNetworkAccess is not Disabled, and no rule of the network denies by default.",
  explanation: "A stolen token is of no use to somebody who can't reach the service.",
  remediation: "Set collector.network, so that private endpoints are made and the public ones are closed.",
  types: [types.vault, types.storageAccount, types.site],
  config: z.strictObject({
    required: z.boolean().default(false).describe("Whether the stack has to be closed."),
  }),
  judge: (resource, { config }) => {
    if (!config.required) return notApplicable("A closed network is not required: see the rule's settings.");
    return judged(
      isClosed(resource)
        ? []
        : [{ culprit: "publicNetworkAccess", message: `${resource.name} is reached from any network.` }],
    );
  },
});

const action = z.string().default("Allow");

function isClosed({ type, properties }: StackResource): boolean {
  const inner = type === types.vault ? "properties." : "";
  const access = readProperty(properties, `${inner}publicNetworkAccess`, z.string().default("Enabled"));
  if (access.toLowerCase() === "disabled") return true;
  const rules = {
    [types.vault]: "properties.networkAcls.defaultAction",
    [types.storageAccount]: "networkRuleSet.defaultAction",
    [types.site]: "siteConfig.ipSecurityRestrictionsDefaultAction",
  }[type];
  return rules !== undefined && readProperty(properties, rules, action) === "Deny";
}
