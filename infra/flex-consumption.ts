/** Whether the subscription can have the collector's plan where the settings want it, asked before anything is made. */
import { getClientToken } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { resolveCloud } from "../components/clouds";
import { regionName } from "../components/collector/regions";
import type { AzureSettings } from "../components/permissions/settings";

/** Reply of "Web Apps: List Geo Regions" (Azure REST reference), as far as it is read. */
const geoRegions = z.object({ value: z.array(z.object({ name: z.string() })) });

/** A preview must not hang on a question that the service answers anyhow. */
const patienceMilliseconds = 10_000;

/**
 * Compares the region with those where the subscription is offered Flex Consumption. Where they can't be read, nothing is
 * said: the service itself then accepts or refuses the plan.
 * @param metadataHost ARM host that describes the endpoints, where the cloud is none of Microsoft's public ones
 * @throws RunError naming the regions there are
 */
export async function refuseOtherRegions(
  azure: AzureSettings,
  metadataHost: string | undefined,
  options: pulumi.InvokeOptions,
): Promise<void> {
  const offered = await offeredRegions(azure, metadataHost, options).catch((error: unknown) => {
    void pulumi.log.debug(`The regions of Flex Consumption could not be read: ${error}`);
    return undefined;
  });
  if (offered === undefined || offered.length === 0) return;
  if (offered.includes(regionName(azure.location))) return;
  throw new pulumi.RunError(
    `azure.location ${azure.location} does not offer this subscription the Flex Consumption plan, which the collector runs on. ` +
      `Nothing was changed. Choose one of ${offered.join(", ")}, or leave collector out.`,
  );
}

async function offeredRegions(
  { subscriptionId }: AzureSettings,
  metadataHost: string | undefined,
  options: pulumi.InvokeOptions,
): Promise<readonly string[]> {
  const [{ token }, { arm }] = await Promise.all([
    getClientToken({}, options),
    resolveCloud({ name: "global", metadataHost }),
  ]);
  const query = "sku=FlexConsumption&api-version=2024-11-01";
  const response = await fetch(
    `${arm}/subscriptions/${subscriptionId}/providers/Microsoft.Web/geoRegions?${query}`,
    { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(patienceMilliseconds) },
  );
  const { value } = geoRegions.parse(await response.json());
  return value.map(({ name }) => regionName(name)).sort();
}
