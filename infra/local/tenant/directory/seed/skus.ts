/** The licences of the seeded tenant (names and ids: page "Product names and service plan identifiers for licensing"). */
import type { PlainEntity } from "../model";

const plans = {
  AAD_PREMIUM: "41781fb2-bc02-4b7c-bd55-b576c07bb09d",
  AAD_PREMIUM_P2: "eec0eb4f-6444-4f95-aba0-50c24d67f998",
  EXCHANGE_S_ENTERPRISE: "efb87545-963c-4e0d-99df-69c6916d9eb0",
  SHAREPOINTENTERPRISE: "5dbe027f-2339-4123-9542-606e4d348a72",
  TEAMS1: "57ff2da0-773e-42df-b2af-ffb7a2317929",
} as const;

const products = [
  {
    skuPartNumber: "SPE_E5",
    skuId: "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
    plans: ["AAD_PREMIUM", "AAD_PREMIUM_P2", "EXCHANGE_S_ENTERPRISE", "SHAREPOINTENTERPRISE", "TEAMS1"],
  },
  {
    skuPartNumber: "SPE_E3",
    skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965",
    plans: ["AAD_PREMIUM", "EXCHANGE_S_ENTERPRISE", "SHAREPOINTENTERPRISE", "TEAMS1"],
  },
  {
    skuPartNumber: "AAD_PREMIUM_P2",
    skuId: "84a661c4-e949-4bd2-a560-ed7766fcaf2b",
    plans: ["AAD_PREMIUM", "AAD_PREMIUM_P2"],
  },
] as const;

/** SKU ids that users are given, the commonest first. */
export const userSkus = [products[1].skuId, products[0].skuId, products[2].skuId] as const;

/** The subscriptions of a tenant with that many units of each. */
export function subscriptions(tenantId: string, units: number): readonly PlainEntity[] {
  return products.map((product) => ({
    id: `${tenantId}_${product.skuId}`,
    properties: {
      accountId: tenantId,
      accountName: "contoso",
      skuId: product.skuId,
      skuPartNumber: product.skuPartNumber,
      consumedUnits: Math.floor(units * 0.6),
      prepaidUnits: { enabled: units, suspended: 0, warning: 0, lockedOut: 0 },
      servicePlans: product.plans.map((name) => ({
        servicePlanId: plans[name],
        servicePlanName: name,
        provisioningStatus: "Success",
        appliesTo: "User",
      })),
    },
  }));
}
