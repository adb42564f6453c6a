import { z } from "zod";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const flexConsumptionPlan = resourceRule({
  id: "flex-consumption-plan",
  title: "Function apps run on the Flex Consumption plan",
  severity: "medium",
  enforcement: "mandatory",
  cause: "The plan's tier is not FlexConsumption.",
  explanation:
    "The classic Consumption plan needs an account key for its file share, which is a standing secret, and reaches no virtual network.",
  remediation: "Set sku to { name: FC1, tier: FlexConsumption }, or accept further tiers in the settings.",
  types: [types.plan],
  config: z.strictObject({
    tiers: z.array(z.string()).default(["FlexConsumption"]).describe("Tiers that are accepted."),
  }),
  judge: ({ properties }, { config }) => {
    const tier = readProperty(properties, "sku.tier", z.string().default("unsaid"));
    return judged(
      config.tiers.includes(tier) ? [] : [{ culprit: tier, message: `The plan's tier is ${tier}.` }],
    );
  },
});
