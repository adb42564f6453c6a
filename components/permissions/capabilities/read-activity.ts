/**
 * Reading what happened. Sources: "List directoryAudits", "List signIns", "List userRegistrationDetails", "List
 * servicePrincipalSignInActivities" and "signInActivity resource type" in the Graph reference; "Office 365 Management Activity API reference".
 */
import { type Call, graph } from "./call";
import { type Capability, graphProbe } from "./capability";

/** The Management Activity API lives beside Graph; its paths carry the tenant. */
function managementCall(method: "GET" | "POST", path: string): Call {
  return {
    api: "office365Management",
    method,
    path: `/api/v1.0/{id}/activity/feed/subscriptions/${path}`,
    version: "v1.0",
    accepts: [["ActivityFeed.Read"]],
  };
}

/** A tenant without Entra ID P1 or P2 refuses sign-in data with this code, whatever the permissions. */
const notPremium = {
  status: 403,
  code: "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
  meaning: "notLicensed",
} as const;

export const readSignInActivity: Capability = {
  id: "sign-in-activity.read",
  title: "Read when each user and each application last signed in",
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
    {
      ...graph("GET", "/reports/servicePrincipalSignInActivities", "AuditLog.Read.All", "Directory.Read.All"),
      version: "beta",
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

export const readSignIns: Capability = {
  id: "sign-ins.read",
  title: "Read sign-ins",
  effect: "read",
  calls: [graph("GET", "/auditLogs/signIns", "AuditLog.Read.All")],
  roles: [
    {
      api: "graph",
      value: "AuditLog.Read.All",
      reason: "The only permission that opens the sign-in log; the tenant also needs Entra ID P1 or P2.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/auditLogs/signIns?$top=1", notPremium),
};

export const readRegistrationDetails: Capability = {
  id: "registration-details.read",
  title: "Read who is registered for multifactor authentication",
  effect: "read",
  calls: [graph("GET", "/reports/authenticationMethods/userRegistrationDetails", "AuditLog.Read.All")],
  roles: [
    {
      api: "graph",
      value: "AuditLog.Read.All",
      reason:
        "Shows registration without the methods themselves, which UserAuthenticationMethod.Read.All would open.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/reports/authenticationMethods/userRegistrationDetails?$top=1", notPremium),
};

export const readActivityFeed: Capability = {
  id: "activity-feed.read",
  title: "Read audit events of Exchange",
  effect: "read",
  calls: [managementCall("POST", "start"), managementCall("GET", "list"), managementCall("GET", "content")],
  roles: [
    {
      api: "office365Management",
      value: "ActivityFeed.Read",
      reason:
        "The only permission that opens the feed; ActivityFeed.ReadDlp would add the sensitive content of policy events.",
    },
  ],
  directoryRoles: [],
  probe: {
    kind: "request",
    api: "office365Management",
    version: "v1.0",
    path: "/api/v1.0/{tenantId}/activity/feed/subscriptions/list",
    expects: [{ status: 200, meaning: "works" }],
  },
};
