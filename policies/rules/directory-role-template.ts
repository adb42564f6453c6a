import { z } from "zod";
import { assignedDirectoryRole, directoryRoleTypes } from "../harness/directory-roles";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";

export const directoryRoleTemplate = resourceRule({
  id: "directory-role-template",
  title: "Directory roles are named by the template id of a built-in role",
  severity: "high",
  enforcement: "mandatory",
  cause: "A directory role is assigned by an id that is no built-in role's template id.",
  explanation:
    "The id of an activated or custom role differs in every tenant, so a reviewer can't tell what it is.",
  remediation: "Use the template id, the same in every tenant.",
  types: directoryRoleTypes,
  config: z.strictObject({}),
  judge: (resource) => {
    const { id, displayName, connector } = assignedDirectoryRole(resource);
    if (displayName !== undefined) return judged([]);
    return judged([{ culprit: id, message: `${id} is no built-in role's template id.`, connector }]);
  },
});
