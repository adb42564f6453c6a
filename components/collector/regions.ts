/**
 * Where the Flex Consumption plan is not offered at all. Which public regions offer it changes every few months, so those
 * are asked of the subscription (`geoRegions?sku=FlexConsumption`). Source: "Azure Functions Flex Consumption plan hosting"
 * and "View currently supported regions" (Microsoft Learn).
 */
const withoutIt: readonly { readonly location: RegExp; readonly reason: string }[] = [
  { location: /^china/, reason: "Azure operated by 21Vianet does not offer" },
  { location: /^us(gov|dod)/, reason: "Azure Government does not offer" },
  { location: /^us(sec|nat)/, reason: "the air-gapped US clouds do not offer" },
];

/** Why a region can't host the collector, to follow "the Flex Consumption plan, which"; undefined when it may. */
export function lacksFlexConsumption(location: string): string | undefined {
  const name = regionName(location);
  return withoutIt.find((cloud) => cloud.location.test(name))?.reason;
}

/** `West Europe` and `westeurope` are the same region. */
export function regionName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
