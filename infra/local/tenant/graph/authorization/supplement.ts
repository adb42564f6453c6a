/**
 * Calls that the tenant serves and that Microsoft's permission data has no row for. Each names the page of the Microsoft
 * Graph reference that lists its permissions, and why it is here.
 */
import type { EndpointPermissions, Method, PermissionSet } from "./endpoint-permissions";

interface Supplement extends EndpointPermissions {
  /** Title of the page in Microsoft's reference. */
  readonly page: string;
  readonly reason: string;
}

type Extra = Partial<Pick<EndpointPermissions, "byType" | "basic" | "versions" | "ownedOnly">>;

const readDirectory: readonly PermissionSet[] = [["Directory.Read.All"], ["Directory.ReadWrite.All"]];
const readUsers = [["User.Read.All"], ["User.ReadWrite.All"], ...readDirectory];
const readGroups = [["GroupMember.Read.All"], ["Group.Read.All"], ["Group.ReadWrite.All"], ...readDirectory];
const readApplications = [
  ["Application.Read.All"],
  ["Application.ReadWrite.OwnedBy"],
  ["Application.ReadWrite.All"],
  ...readDirectory,
];
const writeApplications = [["Application.ReadWrite.OwnedBy"], ["Application.ReadWrite.All"]];
const readRoles = [
  ["RoleManagement.Read.Directory"],
  ["RoleManagement.ReadWrite.Directory"],
  ...readDirectory,
];
const readDevices = [["Device.Read.All"], ["Device.ReadWrite.All"], ...readDirectory];
const readUnits = [["AdministrativeUnit.Read.All"], ["AdministrativeUnit.ReadWrite.All"], ...readDirectory];
const readByType: Readonly<Record<string, readonly PermissionSet[]>> = {
  user: readUsers,
  group: readGroups,
  "application,servicePrincipal": readApplications,
  device: readDevices,
  administrativeUnit: readUnits,
  directoryRole: readRoles,
};

function row(
  call: `${Method} /${string}`,
  anyOf: readonly PermissionSet[],
  page: string,
  reason: string,
  extra: Extra = {},
): Supplement {
  const [method, path] = call.split(" ") as [Method, string];
  return { method, path, versions: ["v1.0", "beta"], anyOf, page, reason, ...extra };
}

const item = "the data lists the collection only; one item takes the same permissions";

export const supplement: readonly Supplement[] = [
  row("GET /users", [], "List users", "a basic permission opens a few properties", {
    basic: ["User.ReadBasic.All"],
  }),
  row("GET /users/{id}", [], "Get a user", "a basic permission opens a few properties", {
    basic: ["User.ReadBasic.All"],
  }),
  row("GET /users/{id}/directReports", readUsers, "List directReports", "collectors read it beside manager"),
  row(
    "GET /users/{id}/ownedDevices",
    readUsers,
    "List ownedDevices",
    "collectors read owners from both sides",
  ),
  row(
    "GET /users/{id}/appRoleAssignments/{id}",
    [["AppRoleAssignment.ReadWrite.All"], ["Directory.Read.All"]],
    "Get appRoleAssignment",
    item,
  ),
  row(
    "GET /groups/{id}/appRoleAssignments/{id}",
    [["AppRoleAssignment.ReadWrite.All"], ["Directory.Read.All"]],
    "Get appRoleAssignment",
    item,
  ),
  row(
    "DELETE /groups/{id}/appRoleAssignments/{id}",
    [["AppRoleAssignment.ReadWrite.All"]],
    "Delete appRoleAssignment",
    "the data lists the POST only",
  ),
  row("GET /groups/{id}/transitiveMemberOf", readGroups, "List group transitive memberOf", "beside memberOf"),
  row(
    "POST /servicePrincipals/{id}/appRoleAssignments",
    [
      ["AppRoleAssignment.ReadWrite.All", "Application.Read.All"],
      ["AppRoleAssignment.ReadWrite.All", "Directory.Read.All"],
      ["AppRoleAssignment.ReadWrite.All", "Application.ReadWrite.All"],
    ],
    "Grant an appRoleAssignment to a service principal",
    "the same grant from the client's side",
  ),
  row(
    "DELETE /servicePrincipals/{id}/appRoleAssignments/{id}",
    [["AppRoleAssignment.ReadWrite.All"]],
    "Delete an appRoleAssignment granted to a service principal",
    "the same grant from the client's side",
  ),
  row(
    "GET /servicePrincipals/{id}/appRoleAssignments/{id}",
    readApplications,
    "Get appRoleAssignment",
    item,
    { ownedOnly: ["Application.ReadWrite.OwnedBy"] },
  ),
  row(
    "GET /servicePrincipals/{id}/transitiveMemberOf",
    readApplications,
    "List servicePrincipal transitive memberOf",
    "beside memberOf",
  ),
  row("GET /directoryRoleTemplates/{id}", readRoles, "Get directoryRoleTemplate", item),
  row("GET /roleManagement/directory/roleDefinitions/{id}", readRoles, "Get unifiedRoleDefinition", item),
  row(
    "GET /organization/{id}",
    [["Organization.Read.All"], ["Organization.ReadWrite.All"], ...readDirectory],
    "Get organization",
    item,
  ),
  row(
    "GET /subscribedSkus/{id}",
    [
      ["LicenseAssignment.Read.All"],
      ["Organization.Read.All"],
      ["Organization.ReadWrite.All"],
      ...readDirectory,
    ],
    "Get subscribedSku",
    item,
  ),
  row(
    "POST /directory/administrativeUnits/{id}/members",
    [["Group.Create"], ["Group.ReadWrite.All"], ["Directory.ReadWrite.All"]],
    "Add a member to an administrativeUnit",
    "the permissions for a new group in a unit",
  ),
  ...(
    [
      ["POST /directory/administrativeUnits/{id}/members/$ref", "Add a member to an administrativeUnit"],
      ["DELETE /directory/administrativeUnits/{id}/members/{id}/$ref", "Remove a member from a unit"],
    ] as const
  ).map(([call, page]) =>
    row(call, [["AdministrativeUnit.ReadWrite.All"]], page, "the data lists reads only"),
  ),
  row("GET /devices/{id}", readDevices, "Get device", item),
  row("GET /devices/{id}/registeredUsers", readDevices, "List registeredUsers", "beside registeredOwners"),
  row("GET /devices/{id}/memberOf", readDevices, "List device memberships", "beside the user's"),
  row(
    "GET /contacts/delta",
    [["OrgContact.Read.All"], ...readDirectory],
    "orgContact: delta",
    "the data lists the collection only",
  ),
  row("GET /devices/delta", readDevices, "device: delta", "devices are collected by delta"),
  row(
    "GET /policies/roleManagementPolicies/{id}",
    [
      ["RoleManagementPolicy.Read.Directory"],
      ["RoleManagement.Read.Directory"],
      ["RoleManagement.Read.All"],
      ["RoleManagement.ReadWrite.Directory"],
    ],
    "Get unifiedRoleManagementPolicy",
    item,
  ),
  row(
    "GET /identityProtection/riskyServicePrincipals/{id}",
    [["IdentityRiskyServicePrincipal.Read.All"], ["IdentityRiskyServicePrincipal.ReadWrite.All"]],
    "Get riskyServicePrincipal",
    item,
  ),
  row(
    "GET /identityProtection/riskyUsers/{id}",
    [["IdentityRiskyUser.Read.All"], ["IdentityRiskyUser.ReadWrite.All"]],
    "Get riskyUser",
    item,
  ),
  row(
    "GET /directoryObjects/{id}",
    [],
    "Get directoryObject",
    "the data's note: also allowed by the read permission of the object's own type",
    { byType: readByType },
  ),
  row(
    "POST /directoryObjects/getByIds",
    [...readUsers, ...readGroups, ...readApplications, ...readDevices].filter(
      (set, place, all) => all.findIndex((other) => other[0] === set[0]) === place,
    ),
    "directoryObject: getByIds",
    "reads objects of several types; the reply holds only those that the caller may read",
  ),
  row("GET /directory/deletedItems/{id}", [], "Get deletedItem", "the data lists one type only", {
    byType: readByType,
  }),
  row(
    "GET /directory/deletedItems/microsoft.graph.group",
    readGroups,
    "List deletedItems",
    "the data lists users only",
  ),
  row(
    "GET /directory/deletedItems/microsoft.graph.application",
    readApplications,
    "List deletedItems",
    "the data lists users only",
  ),
  row(
    "GET /directory/deletedItems/microsoft.graph.servicePrincipal",
    readApplications,
    "List deletedItems",
    "the data lists users only",
  ),
  row(
    "GET /directory/deletedItems/microsoft.graph.administrativeUnit",
    readUnits,
    "List deletedItems",
    "the data lists users only",
  ),
  row("DELETE /directory/deletedItems/{id}", [], "Permanently delete item", "the data has no row", {
    byType: {
      user: [["User.DeleteRestore.All"], ["User.ReadWrite.All"]],
      group: [["Group.ReadWrite.All"]],
      "application,servicePrincipal": writeApplications,
      administrativeUnit: [["AdministrativeUnit.ReadWrite.All"]],
    },
  }),
];
