/** The permission lists of ConductorOne's guide "Entra ID", verbatim and in its order, with what is wrong in each. */
import type { DocumentedList, DocumentedRole } from "./profile";

const byDirectoryRead = "Covered by Directory.Read.All, which stands in the same list.";
const byDirectoryWrite = "Covered by Directory.ReadWrite.All, which stands in the same list.";
const noCall = "No documented Microsoft Graph call asks for it.";
const otherRoleSystems =
  "Opens every role system; RoleManagement.Read.Directory alone reads the directory's.";
const notSynced = "Nothing in the guide's table of capabilities is read or written with it.";
const inRoleManagement = "Covered by the RoleManagement permissions of the same list.";

/** Entries that both lists share, in the order they are printed. */
const schedulesAndRoles: readonly DocumentedRole[] = [
  {
    api: "graph",
    value: "RoleAssignmentSchedule.Read.Directory",
    fault: { kind: "redundant", note: inRoleManagement },
  },
  {
    api: "graph",
    value: "RoleEligibilitySchedule.Read.Directory",
    fault: { kind: "redundant", note: inRoleManagement },
  },
  {
    api: "graph",
    value: "RoleManagement.Read.All",
    fault: { kind: "wider-than-needed", note: otherRoleSystems },
  },
];

const alertsAndPolicies: readonly DocumentedRole[] = [
  { api: "graph", value: "RoleManagementAlert.Read.Directory", fault: { kind: "not-used", note: notSynced } },
  {
    api: "graph",
    value: "RoleManagementPolicy.Read.AzureADGroup",
    fault: { kind: "not-used", note: notSynced },
  },
  {
    api: "graph",
    value: "RoleManagementPolicy.Read.Directory",
    fault: { kind: "not-used", note: notSynced },
  },
];

export const syncList: DocumentedList = {
  title: "sync",
  roles: [
    { api: "graph", value: "Application.Read.All" },
    { api: "graph", value: "AuditLog.Read.All" },
    {
      api: "graph",
      value: "Directory.Read.All",
      fault: {
        kind: "wider-than-needed",
        note: "The narrower permissions of this list already read what is synced.",
      },
    },
    {
      api: "graph",
      value: "Group.Read.All",
      fault: { kind: "wider-than-needed", note: "Also opens conversations, calendars and files of groups." },
    },
    { api: "graph", value: "GroupMember.Read.All" },
    { api: "graph", value: "MailboxSettings.Read", fault: { kind: "not-used", note: notSynced } },
    ...schedulesAndRoles,
    { api: "graph", value: "RoleManagement.Read.Directory" },
    ...alertsAndPolicies,
    {
      api: "graph",
      value: "ServicePrincipalEndpoint.Read.All",
      fault: { kind: "no-endpoint", note: noCall },
    },
    { api: "graph", value: "User.Read.All" },
    {
      api: "graph",
      value: "User.ReadBasic.All",
      fault: { kind: "redundant", note: `Covered by User.Read.All. ${byDirectoryRead}` },
    },
  ],
  directoryRoles: [],
};

export const syncAndProvisionList: DocumentedList = {
  title: "sync and provision",
  roles: [
    {
      api: "graph",
      value: "Application.ReadWrite.All",
      fault: {
        kind: "self-escalating",
        note: "Adds credentials to any application; assigning applications needs Application.Read.All only.",
      },
    },
    {
      api: "graph",
      value: "AppRoleAssignment.ReadWrite.All",
      fault: {
        kind: "self-escalating",
        note: "Grants the app any permission. Needed only to provision enterprise applications.",
      },
    },
    { api: "graph", value: "AuditLog.Read.All" },
    {
      api: "graph",
      value: "Directory.ReadWrite.All",
      fault: {
        kind: "self-escalating",
        note: "Adds credentials to any application, and deletes neither users nor groups.",
      },
    },
    {
      api: "graph",
      value: "Group.ReadWrite.All",
      fault: { kind: "wider-than-needed", note: "Needed only to provision owners of groups." },
    },
    { api: "graph", value: "GroupMember.ReadWrite.All" },
    { api: "graph", value: "MailboxSettings.ReadWrite", fault: { kind: "not-used", note: notSynced } },
    ...schedulesAndRoles,
    {
      api: "graph",
      value: "RoleManagement.ReadWrite.Directory",
      fault: {
        kind: "self-escalating",
        note: "Makes the app Global Administrator. Needed only to provision directory roles.",
      },
    },
    ...alertsAndPolicies,
    {
      api: "graph",
      value: "ServicePrincipalEndpoint.ReadWrite.All",
      fault: { kind: "no-endpoint", note: noCall },
    },
    {
      api: "graph",
      value: "Synchronization.ReadWrite.All",
      fault: { kind: "wider-than-needed", note: "Needed only where Schedule SCIM provisioning is on." },
    },
    {
      api: "graph",
      value: "User.ReadWrite.All",
      fault: {
        kind: "wider-than-needed",
        note: "Creating, disabling and deleting accounts each has a permission of its own.",
      },
    },
    { api: "graph", value: "User.ReadBasic.All", fault: { kind: "redundant", note: byDirectoryWrite } },
    {
      api: "graph",
      value: "User.EnableDisableAccount.All",
      fault: { kind: "redundant", note: "Covered by User.ReadWrite.All, which stands in the same list." },
    },
  ],
  directoryRoles: [],
};
