import { type ArmCall, type ArmOperation, list } from "../call";
import { readableTopLevel } from "../kinds/listing";
import { requireGroup } from "../scope";
import { readableIdentities } from "./identities";
import { readableVaults } from "./vaults";

const type = "Microsoft.Resources/resourceManager";

/** What is listed tells a resource's identity, not its properties. */
function listed(call: ArmCall): { readonly id: string }[] {
  const wanted = /resourceType eq '([^']+)'/i
    .exec(call.url.searchParams.get("$filter") ?? "")?.[1]
    ?.toLowerCase();
  return [...readableVaults(call), ...readableIdentities(call), ...readableTopLevel(call)]
    .filter((body) => wanted === undefined || body.type.toLowerCase() === wanted)
    .map(({ properties: _, ...rest }) => rest);
}

/** All resources of a subscription or a group. */
export const listingOperations: readonly ArmOperation[] = [
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resources",
    type,
    handle: (call) => list(listed(call)),
  },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/resources",
    type,
    handle: (call) => {
      const group = `/resourcegroups/${requireGroup(call).name.toLowerCase()}/`;
      return list(listed(call).filter(({ id }) => id.toLowerCase().includes(group)));
    },
  },
];
