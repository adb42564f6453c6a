import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged, notApplicable } from "../harness/outcome";
import { describeRole, knownRoles, roleTypes } from "../harness/roles";
import { resourceRule } from "../harness/rule";

export const permissionAllowlist = resourceRule({
  id: "permission-allowlist",
  title: "Only allowed application permissions are used",
  severity: "high",
  enforcement: "mandatory",
  cause: "A permission is not on the list set as `allowed`.",
  explanation: "An organization can name the permissions that its connectors may have at all.",
  remediation: "Do without it, or have it added to the list in the pack's configuration.",
  types: roleTypes,
  config: z.strictObject({
    allowed: z
      .array(z.string())
      .default([])
      .describe("Names of permissions, for example User.Read.All; empty: the rule judges nothing."),
  }),
  judge: (resource, { config: { allowed } }) => {
    if (allowed.length === 0) return notApplicable("No permissions are listed in the pack's configuration.");
    return judged(
      knownRoles(resource)
        .filter(({ role }) => !allowed.includes(role.value))
        .map((known) => ({
          culprit: known.role.value,
          message: `${describeRole(known)} is not among the allowed permissions.`,
          connector: connectorName(resource),
        })),
    );
  },
});
