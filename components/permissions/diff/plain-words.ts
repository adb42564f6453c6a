/**
 * What permissions let an application do, in words that need no knowledge of them; each goes on a sentence that begins
 * "it can". By hand for what profiles ask for; the rest says what Microsoft's catalogue says.
 */

import type { GraphRole, RoleOf } from "../catalogue/apis";
import type { DirectoryRoleName } from "../catalogue/directory-role";
import { findDirectoryRole, UnknownDirectoryRoleError } from "../catalogue/directory-role";
import { apiOfDisplayName } from "../catalogue/find-api";
import { findRole, UnknownRoleError } from "../catalogue/find-role";

type KnownRole =
  | GraphRole
  | RoleOf<"exchangeOnline">
  | RoleOf<"office365Management">
  | RoleOf<"sharePointOnline">;

const appRolePhrases: { readonly [Role in KnownRole]?: string } = {
  // Writes
  "AppRoleAssignment.ReadWrite.All": "grant any permission to any application, itself included",
  "Application.ReadWrite.All": "change every application and add credentials to it",
  "Directory.ReadWrite.All": "change nearly everything in the directory and add credentials to applications",
  "RoleManagement.ReadWrite.Directory": "make anybody an administrator, itself included",
  "RoleAssignmentSchedule.ReadWrite.Directory": "make anybody an administrator for a time, itself included",
  "RoleEligibilitySchedule.ReadWrite.Directory": "make anybody eligible for any administrator role",
  "GroupMember.ReadWrite.All": "change who is a member of every group",
  "Group.ReadWrite.All":
    "create, change and delete every group, its members and owners, and read its conversations and files",
  "Group.Create": "create groups",
  "User.ReadWrite.All": "create, change and delete every user",
  "User.Create": "create users",
  "User.DeleteRestore.All": "delete and restore every user",
  "User.EnableDisableAccount.All": "block and unblock the sign-in of every user",
  "User-PasswordProfile.ReadWrite.All": "set the password of users",
  "LicenseAssignment.ReadWrite.All": "give and take the licences of every user",
  "Synchronization.ReadWrite.All":
    "start, stop and redefine the provisioning into every connected application",
  "MailboxSettings.ReadWrite": "change every mailbox's settings: automatic replies, language, working hours",
  "ServicePrincipalEndpoint.ReadWrite.All": "change the endpoints of every enterprise application",
  // Reads
  "AdministrativeUnit.Read.All": "read administrative units and their members",
  "Application.Read.All": "read every application and who is assigned to it",
  "AuditLog.Read.All": "read the log of every sign-in and every change of the directory",
  "Device.Read.All": "read every device",
  "Directory.Read.All": "read nearly everything in the directory",
  "Domain.Read.All": "read the domains",
  "Group.Read.All": "read every group with its conversations, calendar and files",
  "GroupMember.Read.All": "read every group and who is in it",
  "IdentityRiskyServicePrincipal.Read.All": "read which applications are judged risky",
  "IdentityRiskyUser.Read.All": "read which users are judged risky",
  "LicenseAssignment.Read.All": "read who holds which licence",
  "MailboxSettings.Read": "read every mailbox's settings, not its mail",
  "Organization.Read.All": "read the organization's profile and subscriptions",
  "Policy.Read.All": "read the tenant's policies, Conditional Access among them",
  "RoleAssignmentSchedule.Read.Directory": "read who holds which administrator role",
  "RoleEligibilitySchedule.Read.Directory": "read who is eligible for which administrator role",
  "RoleManagement.Read.All": "read roles and who holds them in every role system",
  "RoleManagement.Read.Directory": "read administrator roles and who holds them",
  "RoleManagementAlert.Read.Directory": "read alerts about administrator roles",
  "RoleManagementPolicy.Read.AzureADGroup": "read the activation rules of privileged groups",
  "RoleManagementPolicy.Read.Directory": "read the activation rules of administrator roles",
  "ServicePrincipalEndpoint.Read.All": "read the endpoints of every enterprise application",
  "Synchronization.Read.All": "read provisioning jobs",
  "User.Read.All": "read every property of every user",
  "User.ReadBasic.All": "read the names and addresses of every user",
  // Other APIs
  "Exchange.ManageAsApp": "run Exchange commands without a user, as far as its directory role reaches",
  "ActivityFeed.Read": "read audit events of Exchange, SharePoint and Entra ID",
  "Sites.FullControl.All": "read and change every SharePoint site, its files and its permissions",
};

const directoryRolePhrases: { readonly [Role in DirectoryRoleName]?: string } = {
  "Exchange Administrator":
    "administer all of Exchange: every mailbox, mail flow and every mail-enabled group",
  "Exchange Recipient Administrator": "administer mailboxes and mail-enabled groups",
  "Global Reader": "read everything that administrators see",
  "Global Administrator": "do anything in the tenant",
  "Privileged Authentication Administrator":
    "reset the password and sign-in methods of every user, Global Administrators included",
  "Privileged Role Administrator": "make anybody an administrator, itself included",
};

/** What an application permission lets its holder do. */
export function appRolePhrase(api: string, role: string): string {
  const known: Readonly<Record<string, string | undefined>> = appRolePhrases;
  const phrase = known[role];
  if (phrase !== undefined) return phrase;
  const name = apiOfDisplayName(api);
  if (name === undefined) return `use ${role} of ${api}, which the catalogue does not know`;
  try {
    return asVerb(findRole(name, role).title);
  } catch (error) {
    if (!(error instanceof UnknownRoleError)) throw error;
    return `use ${role} of ${api}, which the catalogue does not know`;
  }
}

/** What a directory role lets its holder do. */
export function directoryRolePhrase(role: string): string {
  const known: Readonly<Record<string, string | undefined>> = directoryRolePhrases;
  const phrase = known[role];
  if (phrase !== undefined) return phrase;
  try {
    return `act as ${role}: ${asVerb(findDirectoryRole(role).description)}`;
  } catch (error) {
    if (!(error instanceof UnknownDirectoryRoleError)) throw error;
    return `act as ${role}, a directory role that the catalogue does not know`;
  }
}

/** Microsoft's titles begin with a capital verb: "Read all devices.", "Full control of all sites". */
function asVerb(title: string): string {
  const text = title
    .trim()
    .replace(/\.$/, "")
    .replace(/^Can /, "")
    .replace(/^Full /, "have full ")
    .replace(/^Allow the (?:Teams )?app to manage /, "manage ");
  return /^[A-Z][a-z]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}
