/** Changing who has access: applications, directory roles, licences, SCIM. */
import { graph } from "./call";
import { type Capability, graphProbe } from "./capability";

export const provisionAppAssignments: Capability = {
  id: "enterprise-applications.provision",
  title: "Assign and unassign enterprise applications",
  effect: "write",
  calls: [
    graph(
      "POST",
      "/servicePrincipals/{id}/appRoleAssignedTo",
      ["AppRoleAssignment.ReadWrite.All", "Application.Read.All"],
      ["AppRoleAssignment.ReadWrite.All", "Directory.Read.All"],
      ["AppRoleAssignment.ReadWrite.All", "Application.ReadWrite.All"],
    ),
    graph("DELETE", "/servicePrincipals/{id}/appRoleAssignedTo/{id}", "AppRoleAssignment.ReadWrite.All"),
  ],
  roles: [
    {
      api: "graph",
      value: "AppRoleAssignment.ReadWrite.All",
      reason:
        "The only permission that assigns applications. It also lets the app grant itself any permission.",
    },
    {
      api: "graph",
      value: "Application.Read.All",
      reason: "Microsoft asks for it together with AppRoleAssignment.ReadWrite.All.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/servicePrincipals?$top=1&$select=id"),
};

export const provisionDirectoryRoles: Capability = {
  id: "directory-roles.provision",
  title: "Assign and unassign directory roles",
  effect: "write",
  calls: [
    graph("POST", "/roleManagement/directory/roleAssignments", "RoleManagement.ReadWrite.Directory"),
    graph("DELETE", "/roleManagement/directory/roleAssignments/{id}", "RoleManagement.ReadWrite.Directory"),
  ],
  roles: [
    {
      api: "graph",
      value: "RoleManagement.ReadWrite.Directory",
      reason:
        "The only permission that assigns directory roles. It also lets the app make itself Global Administrator.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/roleManagement/directory/roleAssignments?$top=1"),
};

export const provisionLicenses: Capability = {
  id: "licenses.provision",
  title: "Assign and remove licences",
  effect: "write",
  calls: [
    graph(
      "POST",
      "/users/{id}/assignLicense",
      "LicenseAssignment.ReadWrite.All",
      "User.ReadWrite.All",
      "Directory.ReadWrite.All",
    ),
  ],
  roles: [
    {
      api: "graph",
      value: "LicenseAssignment.ReadWrite.All",
      reason: "Changes licences and nothing else of a user.",
    },
  ],
  directoryRoles: [],
  probe: { kind: "token", note: "Assigning a licence cannot be shown without changing a user." },
};

export const forceScimProvisioning: Capability = {
  id: "scim.provision",
  title: "Start the SCIM synchronization of an application",
  effect: "write",
  calls: [
    graph(
      "GET",
      "/servicePrincipals/{id}/synchronization/jobs",
      "Synchronization.Read.All",
      "Synchronization.ReadWrite.All",
    ),
    graph("POST", "/servicePrincipals/{id}/synchronization/jobs/{id}/start", "Synchronization.ReadWrite.All"),
    graph(
      "POST",
      "/servicePrincipals/{id}/synchronization/jobs/{id}/provisionOnDemand",
      "Synchronization.ReadWrite.All",
    ),
  ],
  roles: [
    {
      api: "graph",
      value: "Synchronization.ReadWrite.All",
      reason: "The only permission that starts jobs of applications which the app does not own.",
    },
  ],
  directoryRoles: [],
  probe: { kind: "token", note: "Starting a synchronization cannot be shown without doing it." },
};
