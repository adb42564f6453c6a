import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { describeRole, knownRoles, roleTypes } from "../harness/roles";
import { resourceRule } from "../harness/rule";

export const tier0AppRole = resourceRule({
  id: "tier0-app-role",
  title: "Tier-0 application permissions are acknowledged",
  severity: "critical",
  enforcement: "mandatory",
  cause: "An application asks for, or is granted, a permission that leads to Global Administrator.",
  explanation: "Whoever holds the application's credential can then take over the tenant.",
  remediation: "Take a narrower setting (permissions explain shows them).",
  acknowledgeable: true,
  types: roleTypes,
  config: z.strictObject({}),
  judge: (resource) =>
    judged(
      knownRoles(resource)
        .filter(({ judgement }) => judgement.tier === "T0")
        .map((known) => ({
          culprit: known.role.value,
          message: `${describeRole(known)} is tier 0. ${known.judgement.reason}`,
          connector: connectorName(resource),
        })),
    ),
});
