import { z } from "zod";
import { assignedDirectoryRole, directoryRoleTypes } from "../harness/directory-roles";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";

export const noGlobalAdministrator = resourceRule({
  id: "no-global-administrator",
  title: "No connector is Global Administrator",
  severity: "critical",
  enforcement: "mandatory",
  cause: "The directory role Global Administrator is assigned.",
  explanation:
    "Nothing a product does needs it; a guide that asks for it can be followed with a narrower role.",
  remediation: "Take the narrower role: Exchange Administrator for Exchange, Global Reader for reading.",
  types: directoryRoleTypes,
  config: z.strictObject({}),
  judge: (resource) => {
    const { displayName, connector } = assignedDirectoryRole(resource);
    if (displayName !== "Global Administrator") return judged([]);
    return judged([{ culprit: displayName, message: "It is made Global Administrator.", connector }]);
  },
});
