import type { RoleOf } from "../catalogue/apis";
import type { DirectoryRoleName } from "../catalogue/directory-role";
import type { ReviewedTiers } from "./tier";

const manageExchange =
  "Administers Exchange as far as the app's directory or Exchange role reaches; without such a role it does nothing.";

export const reviewedExchangeTiers: ReviewedTiers<RoleOf<"exchangeOnline">> = {
  "Exchange.ManageAsApp": ["T1", manageExchange],
  "Exchange.ManageAsAppV2": ["T1", manageExchange],
  full_access_as_app: ["T1", "Reads, changes and sends the mail of every mailbox."],
  "Mailbox.Migration": ["T1", "Moves mailboxes with their content to another organization."],
};

export const reviewedExchangeProtectionTiers: ReviewedTiers<RoleOf<"exchangeOnlineProtection">> = {
  "Exchange.ManageAsApp": ["T1", manageExchange],
};

export const reviewedManagementTiers: ReviewedTiers<RoleOf<"office365Management">> = {
  "ActivityFeed.Read": ["T2", "Reads audit events of all workloads, without the content of mail or files."],
  "ActivityFeed.ReadDlp": ["T1", "Reads the sensitive content that data loss prevention found."],
};

export const reviewedSharePointTiers: ReviewedTiers<RoleOf<"sharePointOnline">> = {
  "Sites.FullControl.All": ["T1", "Reads and changes every site, its files and its permissions."],
  "Sites.Read.All": ["T1", "Reads every file in SharePoint and OneDrive."],
  "Sites.Selected": ["T2", "Reaches only the sites that an administrator names."],
};

const anyCredential = "Adds credentials to applications and signs in as the most privileged one.";
const federation = "Changes who issues sign-ins, then signs in as anybody.";

/** Built-in directory roles, by the same measure. */
export const reviewedDirectoryRoleTiers: ReviewedTiers<DirectoryRoleName> = {
  "Global Administrator": ["T0", "Is the role that tier 0 is measured by."],
  "Privileged Role Administrator": ["T0", "Assigns every directory role."],
  "Privileged Authentication Administrator": [
    "T0",
    "Resets the password and sign-in methods of every administrator.",
  ],
  "Application Administrator": ["T0", anyCredential],
  "Cloud Application Administrator": ["T0", anyCredential],
  "Hybrid Identity Administrator": ["T0", federation],
  "Domain Name Administrator": ["T0", federation],
  "External Identity Provider Administrator": ["T0", federation],
  "Directory Synchronization Accounts": [
    "T0",
    "Writes the identities that are synchronized from on premises.",
  ],
  "On Premises Directory Sync Account": [
    "T0",
    "Writes the identities that are synchronized from on premises.",
  ],
  "Partner Tier2 Support": ["T0", "Resets passwords of administrators."],
  "Intune Administrator": ["T0", "Runs code on managed devices, administrators' among them."],
  "Authentication Policy Administrator": ["T0", "Decides how everybody signs in."],
  "Identity Governance Administrator": ["T0", "Assigns access packages, which can carry directory roles."],
  "Lifecycle Workflows Administrator": [
    "T1",
    "Runs workflows that change users, groups and temporary passes.",
  ],
  "Security Administrator": ["T1", "Changes security policies tenant-wide."],
  "Conditional Access Administrator": ["T1", "Changes who is let in, tenant-wide."],
  "User Administrator": ["T1", "Manages all users but administrators."],
  "Groups Administrator": ["T1", "Manages all groups but those that hold directory roles."],
  "Exchange Administrator": [
    "T1",
    "Manages all of Exchange: every mailbox, every mail-enabled group, and Microsoft 365 groups.",
  ],
  "Exchange Recipient Administrator": [
    "T1",
    "Manages mailboxes and mail-enabled groups, not the rest of Exchange.",
  ],
  "Global Reader": ["T2", "Reads everything that administrators can see."],
  "Directory Readers": ["T2", "Reads the directory."],
  "Security Reader": ["T2", "Reads security information."],
};
