import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged, notApplicable } from "../harness/outcome";
import { describeRole, knownRoles, roleTypes } from "../harness/roles";
import { resourceRule } from "../harness/rule";

export const maximumTier = resourceRule({
  id: "maximum-tier",
  title: "No permission is more dangerous than the organization allows",
  severity: "high",
  enforcement: "mandatory",
  cause: "A permission is of a more dangerous tier than the one set as `tier`.",
  explanation: "An organization can draw a line that no stack may cross, acknowledged or not.",
  remediation: "Take a narrower setting, or have the line moved in the pack's configuration.",
  types: roleTypes,
  config: z.strictObject({
    tier: z
      .enum(["T0", "T1", "T2"])
      .optional()
      .describe("The most dangerous tier allowed; absent: the rule judges nothing."),
  }),
  judge: (resource, { config: { tier } }) => {
    if (tier === undefined) return notApplicable("No tier is set in the pack's configuration.");
    return judged(
      knownRoles(resource)
        // The names sort from the most dangerous to the least.
        .filter(({ judgement }) => judgement.tier < tier)
        .map((known) => ({
          culprit: known.role.value,
          message: `${describeRole(known)} is ${known.judgement.tier}, more dangerous than ${tier}. ${known.judgement.reason}`,
          connector: connectorName(resource),
        })),
    );
  },
});
