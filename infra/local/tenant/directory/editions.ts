/** Editions of Microsoft Entra ID, by the service plans of the tenant's subscriptions. */
import type { PlainEntity } from "./model";
import type { Directory } from "./open";

/** Paid editions; a tenant without either is Free. */
export type Edition = "P1" | "P2";

const plans: Readonly<Record<Edition, string>> = {
  P1: "41781fb2-bc02-4b7c-bd55-b576c07bb09d",
  P2: "eec0eb4f-6444-4f95-aba0-50c24d67f998",
};

interface ServicePlan {
  readonly servicePlanId: string;
}

/** The service plans of a subscription. */
export const plansOf = (sku: PlainEntity): readonly ServicePlan[] =>
  Array.isArray(sku.properties.servicePlans) ? sku.properties.servicePlans : [];

const includes = (sku: PlainEntity, edition: Edition): boolean =>
  plansOf(sku).some(({ servicePlanId }) => servicePlanId === plans[edition]);

/** Whether the tenant has at least that edition. */
export function hasEdition({ subscribedSkus }: Directory, edition: Edition): boolean {
  const enough: readonly Edition[] = edition === "P1" ? ["P1", "P2"] : ["P2"];
  return [...subscribedSkus.values()].some(
    (sku) => isEnabled(sku) && enough.some((wanted) => includes(sku, wanted)),
  );
}

const isEnabled = ({ properties }: PlainEntity): boolean =>
  (properties.capabilityStatus ?? "Enabled") === "Enabled";

/** Suspends and enables subscriptions so that the tenant has that edition and no higher one. */
export function setEdition({ subscribedSkus }: Directory, edition: Edition | "Free"): void {
  for (const sku of [...subscribedSkus.values()]) {
    const tooHigh =
      (edition === "Free" && (includes(sku, "P1") || includes(sku, "P2"))) ||
      (edition === "P1" && includes(sku, "P2"));
    const capabilityStatus = tooHigh ? "Suspended" : "Enabled";
    subscribedSkus.put({ ...sku, properties: { ...sku.properties, capabilityStatus } });
  }
}
