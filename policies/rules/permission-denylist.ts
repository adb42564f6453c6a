import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged, notApplicable } from "../harness/outcome";
import { describeRole, knownRoles, roleTypes } from "../harness/roles";
import { resourceRule } from "../harness/rule";

export const permissionDenylist = resourceRule({
  id: "permission-denylist",
  title: "Forbidden application permissions are not used",
  severity: "high",
  enforcement: "mandatory",
  cause: "A permission is on the list set as `denied`.",
  explanation: "An organization can rule out permissions whatever a product asks for.",
  remediation: "Take a setting that does without it.",
  types: roleTypes,
  config: z.strictObject({
    denied: z
      .array(z.string())
      .default([])
      .describe("Names of permissions, for example Mail.Read; empty: the rule judges nothing."),
  }),
  judge: (resource, { config: { denied } }) => {
    if (denied.length === 0) return notApplicable("No permissions are listed in the pack's configuration.");
    return judged(
      knownRoles(resource)
        .filter(({ role }) => denied.includes(role.value))
        .map((known) => ({
          culprit: known.role.value,
          message: `${describeRole(known)} is among the forbidden permissions.`,
          connector: connectorName(resource),
        })),
    );
  },
});
