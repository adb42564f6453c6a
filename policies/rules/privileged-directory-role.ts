import { z } from "zod";
import { tierOfDirectoryRole } from "../../components/permissions/tiers/tier";
import { assignedDirectoryRole, directoryRoleTypes } from "../harness/directory-roles";
import { judged, notApplicable } from "../harness/outcome";
import { resourceRule } from "../harness/rule";

export const privilegedDirectoryRole = resourceRule({
  id: "privileged-directory-role",
  title: "Directory roles that change something are acknowledged",
  severity: "critical",
  enforcement: "mandatory",
  cause: "A directory role of tier 0 or 1 is assigned.",
  explanation: "A directory role reaches further than any one permission, and is not shown among them.",
  remediation: "Take a setting that does without the role.",
  acknowledgeable: true,
  types: directoryRoleTypes,
  config: z.strictObject({}),
  judge: (resource) => {
    const { displayName, connector } = assignedDirectoryRole(resource);
    if (displayName === undefined)
      return notApplicable("Not a built-in role: directory-role-template judges it.");
    const { tier, reason } = tierOfDirectoryRole(displayName);
    if (tier === "T2") return judged([]);
    return judged([
      { culprit: displayName, message: `The role ${displayName} is ${tier}. ${reason}`, connector },
    ]);
  },
});
