import type { Limits } from "../http/time";
import { readResource } from "./arm";
import type { Azure } from "./azure";

/** Where a resource goes: the declared location, the provider's default, else where its resource group is. */
export async function locationOf(
  azure: Azure,
  declared: string | undefined,
  resourceGroupName: string,
  limits: Limits,
): Promise<string> {
  const known = declared ?? azure.location;
  if (known !== undefined) return known;
  const path = `/subscriptions/${azure.subscriptionId}/resourceGroups/${resourceGroupName}`;
  return (await readResource(azure.arm, "resourceGroup", path, limits)).location ?? "";
}
