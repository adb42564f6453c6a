import type { PlainEntity } from "../../directory/model";
import { defineType, integer, object, objects, text, texts } from "../entity-type";

/** Microsoft page "subscribedSku resource type". */
export const subscribedSkuType = defineType<PlainEntity>({
  name: "subscribedSku",
  properties: {
    id: text(),
    accountId: text(),
    accountName: text(),
    appliesTo: text({ default: "User" }),
    capabilityStatus: text({ default: "Enabled" }),
    consumedUnits: integer({ default: 0 }),
    prepaidUnits: object(),
    servicePlans: objects(),
    skuId: text(),
    skuPartNumber: text(),
    subscriptionIds: texts(),
  },
});

/** Microsoft page "licenseDetails resource type". */
export const licenseDetailsType = defineType<PlainEntity>({
  name: "licenseDetails",
  properties: { id: text(), skuId: text(), skuPartNumber: text(), servicePlans: objects() },
});
