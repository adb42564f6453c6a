import { z } from "zod";
import { judged } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import { ofType } from "../harness/stack";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const roleAssignmentPrincipalType = stackRule({
  id: "role-assignment-principal-type",
  title: "Azure roles of the stack's own identities name them as service principals",
  severity: "medium",
  enforcement: "mandatory",
  cause:
    "An Azure role goes to an identity that the stack makes, with a principalType other than ServicePrincipal; the SDK's default is User.",
  explanation:
    "With the wrong type Azure looks for a person that does not exist, and the assignment fails or waits.",
  remediation: "Set principalType to ServicePrincipal.",
  config: z.strictObject({}),
  judge: (stack) =>
    judged(
      ofType(stack, types.roleAssignment)
        .filter(({ sources }) => (sources?.principalId ?? []).length > 0)
        .flatMap(({ properties, name, urn }) => {
          const type = readProperty(properties, "principalType", z.string().default("User"));
          if (type === "ServicePrincipal") return [];
          return [{ culprit: name, message: `Its principalType is ${type}.`, urn }];
        }),
    ),
});
