import { z } from "zod";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

/** Built-in roles that manage rather than use; ids from Microsoft's page "Azure built-in roles". */
const managing: Readonly<Record<string, string>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
  "00482a5a-887f-4fb3-b363-3b7fe8e74483": "Key Vault Administrator",
  "17d1049b-9a84-46fb-8f53-869881c3d3ab": "Storage Account Contributor",
};

export const narrowAzureRole = resourceRule({
  id: "narrow-azure-role",
  title: "Azure roles are for using one resource",
  severity: "high",
  enforcement: "mandatory",
  cause: "An Azure role manages what it is given on, or is given on more than one resource.",
  explanation: "Whatever runs with it could change other things than its own, and widen its rights.",
  remediation: "Assign a data role on the resource itself.",
  types: [types.roleAssignment],
  config: z.strictObject({}),
  waitsForValues: true,
  judge: ({ properties }) => {
    const id =
      readProperty(properties, "roleDefinitionId", z.string()).split("/").at(-1)?.toLowerCase() ?? "";
    const scope = readProperty(properties, "scope", z.string());
    const role = managing[id];
    return judged([
      ...(role === undefined ? [] : [{ culprit: role, message: `${role} manages what it is given on.` }]),
      ...(isOneResource(scope) ? [] : [{ culprit: scope, message: `It reaches everything in ${scope}.` }]),
    ]);
  },
});

/** Below a resource group, by a provider's type and name. */
function isOneResource(scope: string): boolean {
  return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+/i.test(scope);
}
