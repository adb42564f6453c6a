import { z } from "zod";
import { knownRequestedRoles } from "../harness/belonging";
import { type Finding, judged, notApplicable } from "../harness/outcome";
import { ownersOf } from "../harness/owners";
import { stackRule } from "../harness/rule";
import { ofType, type PolicyStack } from "../harness/stack";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const noUserOwner = stackRule({
  id: "no-user-owner",
  title: "No person owns an application with dangerous permissions",
  severity: "high",
  enforcement: "mandatory",
  cause:
    "An application with a tier-0 or tier-1 permission is owned by a user, or by somebody whom the settings name and nobody knows to be a service principal.",
  explanation:
    "An owner can add a credential; whoever takes over the person's account then holds the application's permissions.",
  remediation: "Let only service principals own it; list those that you know in servicePrincipals.",
  acknowledgeable: true,
  config: z.strictObject({
    users: z.array(z.guid().toLowerCase()).default([]).describe("Object ids that are known to be people."),
    servicePrincipals: z
      .array(z.guid().toLowerCase())
      .default([])
      .describe("Object ids that are known to be service principals."),
  }),
  judge: (stack, { config, settings }) => {
    const dangerous = stack.connectors.filter((connector) =>
      knownRequestedRoles(stack, connector).some(({ judgement }) => judgement.tier !== "T2"),
    );
    if (dangerous.length === 0) return notApplicable("No connector has a tier-0 or tier-1 permission.");
    const kinds = principalKinds(stack);
    const users = new Set([
      ...config.users,
      ...kinds.filter(([, kind]) => kind === "User").map(([id]) => id),
    ]);
    const others = new Set([
      ...config.servicePrincipals,
      ...kinds.filter(([, kind]) => kind !== "User").map(([id]) => id),
    ]);
    return judged(
      dangerous.flatMap((connector): readonly Finding[] => {
        const declared = settings.connectors?.get(connector.slug)?.owners ?? [];
        return [...new Set(ownersOf(connector).map(({ id }) => id))].flatMap((id) => {
          const isUser = users.has(id);
          const isUnclear = !isUser && !others.has(id) && declared.includes(id);
          if (!isUser && !isUnclear) return [];
          const message = isUser ? `The owner ${id} is a person.` : `The owner ${id} may be a person.`;
          return [{ culprit: id, message, connector: connector.slug, urn: connector.urn }];
        });
      }),
    );
  },
});

/** What Azure role assignments of the stack say of principals that they name by a plain id. */
function principalKinds(stack: PolicyStack): readonly (readonly [id: string, kind: string])[] {
  return ofType(stack, types.roleAssignment)
    .filter(({ sources }) => (sources?.principalId ?? []).length === 0)
    .map(({ properties }) => [
      readProperty(properties, "principalId", z.string().toLowerCase()),
      readProperty(properties, "principalType", z.string().default("User")),
    ]);
}
