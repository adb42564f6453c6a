import type { GraphRole } from "../catalogue/apis";
import type { ReviewedTiers } from "./tier";

const anyRole = "Assigns directory roles, Global Administrator included, to any principal.";
const signInAsUser = "Registers a way to sign in as another user, so as whoever holds a privileged role.";
const adminDevices = "Runs code or changes protection on managed devices, administrators' among them.";
const privilegedGroups = "Makes anybody a member of a group that holds a directory role.";

/**
 * Microsoft Graph permissions judged one by one: the well-known paths to Global Administrator, and everything a profile
 * asks for. The judgement is ours, from Microsoft's permissions reference and the documented effect of the calls each
 * permission allows. T0 means: in a tenant with default settings, the permission alone leads to Global Administrator.
 */
export const reviewedGraphTiers: ReviewedTiers<GraphRole> = {
  // T0: roles and consent
  "RoleManagement.ReadWrite.Directory": ["T0", anyRole],
  "RoleAssignmentSchedule.ReadWrite.Directory": ["T0", anyRole],
  "RoleEligibilitySchedule.ReadWrite.Directory": [
    "T0",
    "Makes any principal eligible for any directory role.",
  ],
  "RoleManagementPolicy.ReadWrite.Directory": [
    "T0",
    "Lifts approval, multifactor and time limits from the activation of any directory role.",
  ],
  "PrivilegedAccess.ReadWrite.AzureAD": ["T0", anyRole],
  "PrivilegedAccess.ReadWrite.AzureADGroup": ["T0", privilegedGroups],
  "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup": ["T0", privilegedGroups],
  "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup": ["T0", privilegedGroups],
  "RoleManagementPolicy.ReadWrite.AzureADGroup": [
    "T0",
    "Lifts the limits on activating membership of privileged groups.",
  ],
  "EntitlementManagement.ReadWrite.All": [
    "T0",
    "Assigns access packages, which can carry directory roles and app permissions.",
  ],
  "AppRoleAssignment.ReadWrite.All": [
    "T0",
    "Grants any application permission to any app, itself included, without an administrator.",
  ],
  "DelegatedPermissionGrant.ReadWrite.All": [
    "T0",
    "Consents to any delegated permission for everybody, administrators included.",
  ],
  "Policy.ReadWrite.PermissionGrant": ["T0", "Rewrites the rules for who may consent to which permission."],
  // T0: applications and directory
  "Application.ReadWrite.All": [
    "T0",
    "Adds a credential to any application and signs in as the most privileged one.",
  ],
  "Application.ReadUpdate.All": ["T0", "Updates any application; Microsoft excludes credentials nowhere."],
  "Directory.ReadWrite.All": [
    "T0",
    "Adds credentials to existing applications and signs in as the most privileged one.",
  ],
  "Domain.ReadWrite.All": ["T0", "Federates a domain, then issues sign-ins for every user of it."],
  "Domain-InternalFederation.ReadWrite.All": ["T0", "Changes who issues the sign-ins of a federated domain."],
  "Organization.ReadWrite.All": [
    "T0",
    "Adds a certificate authority that is trusted for the sign-in of every user.",
  ],
  "PublicKeyInfrastructure.ReadWrite.All": [
    "T0",
    "Adds a certificate authority that is trusted for the sign-in of every user.",
  ],
  "IdentityProvider.ReadWrite.All": ["T0", "Adds an identity provider whose sign-ins the tenant accepts."],
  // T0: signing in as somebody else
  "UserAuthenticationMethod.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-TAP.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-Passkey.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-Password.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-Phone.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-Email.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-QR.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-External.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-HardwareOATH.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-SoftwareOATH.ReadWrite.All": ["T0", signInAsUser],
  "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All": ["T0", signInAsUser],
  "User-PasswordProfile.ReadWrite.All": [
    "T0",
    "Sets the password of users, among them the owners of privileged applications and groups.",
  ],
  "Policy.ReadWrite.AuthenticationMethod": [
    "T0",
    "Turns on weak or temporary sign-in methods for everybody.",
  ],
  // T0: administrators' devices
  "DeviceManagementConfiguration.ReadWrite.All": ["T0", adminDevices],
  "DeviceManagementScripts.ReadWrite.All": ["T0", adminDevices],
  "DeviceManagementApps.ReadWrite.All": ["T0", adminDevices],
  "DeviceManagementRBAC.ReadWrite.All": [
    "T0",
    "Grants roles over managed devices, administrators' among them.",
  ],
  // T1: writes that profiles ask for
  "User.ReadWrite.All": [
    "T1",
    "Creates, changes and deletes every user; passwords and administrators' sensitive properties are out of its reach.",
  ],
  "User.Create": ["T1", "Creates users."],
  "User.DeleteRestore.All": [
    "T1",
    "Deletes and restores users; administrators need a directory role besides.",
  ],
  "User.EnableDisableAccount.All": [
    "T1",
    "Locks users out or lets them back in; administrators need a directory role besides.",
  ],
  "Group.ReadWrite.All": [
    "T1",
    "Changes every group but those that hold directory roles, and reads conversations, files and calendars of groups. Worth T0 where an ordinary group opens an Azure subscription or escapes a policy.",
  ],
  "GroupMember.ReadWrite.All": [
    "T1",
    "Changes who is in every group but those that hold directory roles. Worth T0 where an ordinary group opens an Azure subscription or escapes a policy.",
  ],
  "Group.Create": ["T1", "Creates groups and owns them."],
  "LicenseAssignment.ReadWrite.All": ["T1", "Assigns and removes licences of every user and group."],
  "Synchronization.ReadWrite.All": [
    "T1",
    "Starts, stops and redefines provisioning jobs: changes accounts in the connected applications.",
  ],
  "MailboxSettings.ReadWrite": [
    "T1",
    "Changes mailbox settings: automatic replies, working hours, language, who receives meeting requests.",
  ],
  "ServicePrincipalEndpoint.ReadWrite.All": [
    "T1",
    "Changes the endpoints of service principals; no documented call needs it.",
  ],
  // T2: reads that profiles ask for
  "Application.Read.All": [
    "T2",
    "Reads registrations, enterprise applications and who is assigned; no secrets.",
  ],
  "AuditLog.Read.All": ["T2", "Reads sign-ins, directory audits and registration details."],
  "AdministrativeUnit.Read.All": ["T2", "Reads administrative units and their members."],
  "Device.Read.All": ["T2", "Reads devices."],
  "Directory.Read.All": ["T2", "Reads nearly the whole directory: wider than any one task needs."],
  "Domain.Read.All": ["T2", "Reads domains."],
  "Group.Read.All": ["T1", "Reads groups, and also their conversations, calendars and files."],
  "GroupMember.Read.All": ["T2", "Reads groups and their members, without the content of groups."],
  "IdentityRiskyServicePrincipal.Read.All": ["T2", "Reads which service principals are judged risky."],
  "IdentityRiskyUser.Read.All": ["T2", "Reads which users are judged risky."],
  "LicenseAssignment.Read.All": ["T2", "Reads licences and who holds them."],
  "MailboxSettings.Read": ["T2", "Reads mailbox settings, not mail."],
  "Organization.Read.All": ["T2", "Reads the organization's profile and subscriptions."],
  "Policy.Read.All": ["T2", "Reads the tenant's policies, Conditional Access among them."],
  "Policy.Read.PermissionGrant": ["T2", "Reads the rules for consent."],
  "RoleAssignmentSchedule.Read.Directory": ["T2", "Reads active assignments of directory roles."],
  "RoleEligibilitySchedule.Read.Directory": ["T2", "Reads who is eligible for directory roles."],
  "RoleManagement.Read.All": ["T2", "Reads roles and assignments of every role system."],
  "RoleManagement.Read.Directory": [
    "T2",
    "Reads directory roles, their assignments, schedules and eligibility.",
  ],
  "RoleManagementAlert.Read.Directory": ["T2", "Reads alerts about role assignments."],
  "RoleManagementPolicy.Read.AzureADGroup": ["T2", "Reads the activation rules of privileged groups."],
  "RoleManagementPolicy.Read.Directory": ["T2", "Reads the activation rules of directory roles."],
  "ServicePrincipalEndpoint.Read.All": [
    "T2",
    "Reads endpoints of service principals; no documented call needs it.",
  ],
  "Synchronization.Read.All": ["T2", "Reads provisioning jobs."],
  "User.Read.All": ["T2", "Reads every property of every user."],
  "User.ReadBasic.All": ["T2", "Reads a basic set of every user's properties."],
};
