import { z } from "zod";
import { judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import { isAbout, ofType, type PolicyStack, type StackResource } from "../harness/stack";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

const age = z.object({ daysAfterModificationGreaterThan: z.number() });
const lifecycle = z.array(
  z.object({
    enabled: z.boolean().default(true),
    definition: z.object({
      actions: z.object({ baseBlob: z.object({ delete: age.optional() }).optional() }),
    }),
  }),
);

export const collectedDataExpires = stackRule({
  id: "collected-data-expires",
  title: "What was collected is deleted in time",
  severity: "medium",
  enforcement: "mandatory",
  cause:
    "A function app's storage account has no lifecycle rule that deletes blobs, or one that waits too long.",
  explanation: "What a directory says about people is personal data; nobody may keep it without end.",
  remediation: "Declare a ManagementPolicy that deletes blobs after the days of your retention.",
  config: z.strictObject({
    days: z.number().int().min(1).default(365).describe("How long data may be kept at most, days."),
  }),
  judge: (stack, { config }) => {
    if (ofType(stack, types.site).length === 0) return notApplicable("The stack has no function app.");
    return judged(
      ofType(stack, types.storageAccount).flatMap(({ name, urn, ...account }) => {
        const days = retention(stack, { name, urn, ...account });
        if (days <= config.days) return [];
        const message = Number.isFinite(days)
          ? `Blobs are kept for ${days} days; ${config.days} are allowed.`
          : "Blobs are never deleted.";
        return [{ culprit: name, message, urn }];
      }),
    );
  },
});

/** Days after which a rule of the account deletes blobs; infinite without one. */
function retention(stack: PolicyStack, account: StackResource): number {
  const ages = ofType(stack, types.storageLifecycle)
    .filter((policy) => isAbout(policy, "accountName", account))
    .flatMap(({ properties }) => readProperty(properties, "policy.rules", lifecycle))
    .filter(({ enabled }) => enabled)
    .flatMap(({ definition }) => definition.actions.baseBlob?.delete?.daysAfterModificationGreaterThan ?? []);
  return Math.min(Number.POSITIVE_INFINITY, ...ages);
}
