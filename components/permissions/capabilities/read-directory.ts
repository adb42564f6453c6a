/** Reading the directory. Sources: the "Permissions" section of each call in the Microsoft Graph v1.0 reference. */
import type { GraphRole } from "../catalogue/apis";
import { graph } from "./call";
import { type Capability, graphProbe } from "./capability";

const wholeDirectory: readonly GraphRole[] = ["Directory.Read.All", "Directory.ReadWrite.All"];
const users: readonly GraphRole[] = ["User.Read.All", "User.ReadWrite.All", ...wholeDirectory];
const groups: readonly GraphRole[] = [
  "GroupMember.Read.All",
  "Group.Read.All",
  "Group.ReadWrite.All",
  ...wholeDirectory,
];
const members: readonly GraphRole[] = [
  "GroupMember.Read.All",
  "GroupMember.ReadWrite.All",
  "Group.Read.All",
  "Group.ReadWrite.All",
  "Directory.Read.All",
];
const applications: readonly GraphRole[] = [
  "Application.Read.All",
  "Application.ReadWrite.All",
  "Directory.Read.All",
];
const roles: readonly GraphRole[] = [
  "RoleManagement.Read.Directory",
  "RoleManagement.ReadWrite.Directory",
  ...wholeDirectory,
];

export const readUsers: Capability = {
  id: "users.read",
  title: "Read users",
  effect: "read",
  calls: [
    graph("GET", "/users", ...users),
    graph("GET", "/users/{id}", ...users),
    graph("GET", "/users/delta", ...users),
    graph("GET", "/users/{id}/manager", ...users),
  ],
  roles: [
    {
      api: "graph",
      value: "User.Read.All",
      reason:
        "The least that returns more than names and mail addresses; User.ReadBasic.All hides account state and type.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/users?$top=1&$select=id,accountEnabled"),
};

export const readGroups: Capability = {
  id: "groups.read",
  title: "Read groups, their members and owners",
  effect: "read",
  calls: [
    graph("GET", "/groups", ...groups),
    graph("GET", "/groups/{id}", ...groups),
    graph("GET", "/groups/delta", ...groups),
    graph("GET", "/groups/{id}/members", ...members),
    // Known issue of v1.0: it leaves service principals out.
    { ...graph("GET", "/groups/{id}/members", ...members), version: "beta" },
    graph("GET", "/groups/{id}/transitiveMembers", ...members),
    graph("GET", "/groups/{id}/owners", ...members),
  ],
  roles: [
    {
      api: "graph",
      value: "GroupMember.Read.All",
      reason:
        "Lists groups, members and owners; Group.Read.All would also open conversations, calendars and files of groups.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/groups?$top=1&$select=id"),
};

export const readEnterpriseApplications: Capability = {
  id: "enterprise-applications.read",
  title: "Read applications, service principals and who is assigned to them",
  effect: "read",
  calls: [
    graph("GET", "/applications", ...applications),
    graph("GET", "/applications/delta", ...applications, "Directory.ReadWrite.All"),
    graph("GET", "/applications/{id}/owners", ...applications, "Directory.ReadWrite.All"),
    graph("GET", "/servicePrincipals", ...applications),
    graph("GET", "/servicePrincipals/{id}", ...applications, "Directory.ReadWrite.All"),
    graph("GET", "/servicePrincipals/delta", ...applications, "Directory.ReadWrite.All"),
    graph("GET", "/servicePrincipals/{id}/owners", ...applications, "Directory.ReadWrite.All"),
    graph("GET", "/servicePrincipals/{id}/appRoleAssignedTo", ...applications, "Directory.ReadWrite.All"),
  ],
  roles: [
    {
      api: "graph",
      value: "Application.Read.All",
      reason: "Assignments are read from the service principal's side, which spares Directory.Read.All.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/servicePrincipals?$top=1&$select=id"),
};

export const readManagedIdentities: Capability = {
  id: "managed-identities.read",
  title: "Read managed identities",
  effect: "read",
  calls: [
    graph("GET", "/servicePrincipals?$filter=servicePrincipalType eq 'ManagedIdentity'", ...applications),
  ],
  roles: [
    {
      api: "graph",
      value: "Application.Read.All",
      reason: "Managed identities are service principals.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/servicePrincipals?$filter=servicePrincipalType eq 'ManagedIdentity'&$top=1&$select=id"),
};

const schedules: readonly GraphRole[] = [
  "RoleManagement.Read.Directory",
  "RoleManagement.Read.All",
  "RoleManagement.ReadWrite.Directory",
];

export const readDirectoryRoles: Capability = {
  id: "directory-roles.read",
  title: "Read directory roles, who holds them and who is eligible",
  effect: "read",
  calls: [
    graph("GET", "/directoryRoles", ...roles),
    graph("GET", "/directoryRoles/{id}/members", ...roles),
    graph("GET", "/directoryRoles/delta", ...roles),
    graph("GET", "/roleManagement/directory/roleDefinitions", ...roles),
    graph("GET", "/roleManagement/directory/roleAssignments", ...roles, "RoleManagement.Read.All"),
    graph(
      "GET",
      "/roleManagement/directory/roleAssignmentScheduleInstances",
      ...schedules,
      "RoleAssignmentSchedule.Read.Directory",
      "RoleAssignmentSchedule.ReadWrite.Directory",
    ),
    graph(
      "GET",
      "/roleManagement/directory/roleEligibilityScheduleInstances",
      ...schedules,
      "RoleEligibilitySchedule.Read.Directory",
      "RoleEligibilitySchedule.ReadWrite.Directory",
    ),
  ],
  roles: [
    {
      api: "graph",
      value: "RoleManagement.Read.Directory",
      reason:
        "Reads definitions, assignments, schedules and eligibility of directory roles, and of no other role system.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/roleManagement/directory/roleAssignments?$top=1"),
};

const subscriptions: readonly GraphRole[] = [
  "LicenseAssignment.Read.All",
  "Organization.Read.All",
  "Organization.ReadWrite.All",
  ...wholeDirectory,
];

export const readLicenses: Capability = {
  id: "licenses.read",
  title: "Read licences and who holds them",
  effect: "read",
  calls: [
    graph("GET", "/subscribedSkus", ...subscriptions),
    graph("GET", "/users/{id}/licenseDetails", "LicenseAssignment.Read.All", ...users),
  ],
  roles: [
    {
      api: "graph",
      value: "LicenseAssignment.Read.All",
      reason: "Reads licences alone; Organization.Read.All would add the organization's profile.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/subscribedSkus?$select=id"),
};
