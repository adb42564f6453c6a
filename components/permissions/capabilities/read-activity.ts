/** Reading what happened. Sources: "List directoryAudits", "List signIns" and "signInActivity resource type" in the Graph reference. */
import { graph } from "./call";
import { type Capability, graphProbe } from "./capability";

/** A tenant without Entra ID P1 or P2 refuses sign-in data with this code, whatever the permissions. */
const notPremium = {
  status: 403,
  code: "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
  meaning: "notLicensed",
} as const;

export const readSignInActivity: Capability = {
  id: "sign-in-activity.read",
  title: "Read when each user last signed in",
  effect: "read",
  calls: [
    {
      ...graph(
        "GET",
        "/users",
        ["AuditLog.Read.All", "User.Read.All"],
        ["AuditLog.Read.All", "User.ReadWrite.All"],
        ["AuditLog.Read.All", "Directory.Read.All"],
        ["AuditLog.Read.All", "Directory.ReadWrite.All"],
      ),
      select: "signInActivity",
    },
  ],
  roles: [
    {
      api: "graph",
      value: "AuditLog.Read.All",
      reason: "Last sign-ins are audit data; the tenant also needs Entra ID P1 or P2.",
    },
    { api: "graph", value: "User.Read.All", reason: "Last sign-ins are a property of the user." },
  ],
  directoryRoles: [],
  probe: graphProbe("/users?$top=1&$select=id,signInActivity", notPremium),
};

export const readDirectoryAudits: Capability = {
  id: "directory-audits.read",
  title: "Read the directory's change log",
  effect: "read",
  calls: [graph("GET", "/auditLogs/directoryAudits", "AuditLog.Read.All", "Directory.Read.All")],
  roles: [
    {
      api: "graph",
      value: "AuditLog.Read.All",
      reason:
        "The narrower of the two permissions that open the log; Directory.Read.All opens the whole directory.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/auditLogs/directoryAudits?$top=1"),
};
