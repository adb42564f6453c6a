/**
 * Titles and descriptions of the application permissions whose published list carries only names and ids:
 * [resource application id, permission, title, description]. In our words, after Microsoft's permission references
 * ("Exchange Online app-only authentication", "Office 365 Management Activity API reference", "SharePoint app-only").
 * Read by the generator only.
 */
export const otherApiTexts: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>> = {
  "00000002-0000-0ff1-ce00-000000000000": {
    full_access_as_app: [
      "Use Exchange Web Services with full access to all mailboxes",
      "Reads, changes, sends and deletes everything in every mailbox through Exchange Web Services.",
    ],
    "Calendars.Read": ["Read calendars in all mailboxes", "Reads the events of every user's calendars."],
    "Calendars.Read.All": ["Read calendars in all mailboxes", "Reads the events of every user's calendars."],
    "Calendars.ReadWrite.All": [
      "Read and write calendars in all mailboxes",
      "Creates, reads, changes and deletes events in every user's calendars.",
    ],
    "Contacts.Read": ["Read contacts in all mailboxes", "Reads every user's contacts."],
    "Contacts.ReadWrite": [
      "Read and write contacts in all mailboxes",
      "Creates, reads, changes and deletes every user's contacts.",
    ],
    "Mail.ReadWrite": [
      "Read and write mail in all mailboxes",
      "Creates, reads, changes and deletes mail in every mailbox. Does not send.",
    ],
    "Mail.Read": ["Read mail in all mailboxes", "Reads the mail of every mailbox."],
    "Mail.Send": ["Send mail as any user", "Sends mail in the name of every user."],
    "MailboxSettings.Read": ["Read all users' mailbox settings", "Reads the settings of every mailbox."],
    "MailboxSettings.ReadWrite": [
      "Read and write all users' mailbox settings",
      "Creates, reads, changes and deletes the settings of every mailbox. Does not send mail.",
    ],
    "User.Read.All": ["Read all users' full profiles", "Reads the full profile of every user."],
    "User.ReadBasic.All": ["Read all users' basic profiles", "Reads a basic set of every user's properties."],
    "IMAP.AccessAsApp": ["Access all mailboxes over IMAP", "Reads and changes mailboxes over IMAP."],
    "POP.AccessAsApp": ["Access all mailboxes over POP", "Reads and deletes mail of mailboxes over POP."],
    "SMTP.SendAsApp": ["Send mail over SMTP", "Sends mail as the mailboxes it is let into, over SMTP."],
    "Organization.ReadWrite.All": [
      "Read and write organization configuration",
      "Reads and changes the organization's Exchange configuration.",
    ],
    "Mailbox.Migration": ["Move mailboxes", "Moves mailboxes between organizations, content included."],
    "Exchange.ManageAsApp": [
      "Manage Exchange as an application",
      "Runs Exchange Online administration without a user. What it may do is decided by the directory or Exchange role of the app.",
    ],
    "Exchange.ManageAsAppV2": [
      "Manage Exchange as an application (version 2)",
      "Runs Exchange Online administration without a user. What it may do is decided by the directory or Exchange role of the app.",
    ],
  },
  "00000007-0000-0ff1-ce00-000000000000": {
    "Exchange.ManageAsApp": [
      "Manage Exchange as an application",
      "Runs Exchange Online administration without a user, in the clouds where this API carries it (GCC High, DoD).",
    ],
  },
  "c5393580-f805-4401-95e8-94b7a6ef2fc2": {
    "ActivityFeed.Read": [
      "Read activity data of the organization",
      "Reads the audit events of Entra ID, Exchange, SharePoint and the other workloads, and starts and stops the subscription to them.",
    ],
    "ActivityFeed.ReadDlp": [
      "Read data loss prevention events with their sensitive data",
      "Reads policy events that quote the sensitive content they found.",
    ],
    "ServiceHealth.Read": [
      "Read service health",
      "Reads the health messages of the organization's services.",
    ],
    "ThreatIntelligence.Read": ["Read threat intelligence", "Reads threat intelligence events."],
    "ActivityReports.Read": ["Read activity reports", "Reads the activity reports of the organization."],
  },
  "00000003-0000-0ff1-ce00-000000000000": {
    "Sites.ReadWrite.All": [
      "Read and write items in all sites",
      "Reads, changes and deletes documents and list items everywhere.",
    ],
    "Sites.Read.All": ["Read items in all sites", "Reads documents and list items everywhere."],
    "Sites.FullControl.All": [
      "Full control of all sites",
      "Reads and changes every site, its content and its permissions.",
    ],
    "User.ReadWrite.All": [
      "Read and write user profiles",
      "Reads and changes SharePoint user profiles and the term store they use.",
    ],
    "User.Read.All": ["Read user profiles", "Reads SharePoint user profiles."],
    "Sites.Manage.All": [
      "Read and write items and lists in all sites",
      "Creates and deletes lists and libraries everywhere.",
    ],
    "Sites.Selected": [
      "Access chosen sites",
      "Reaches only the sites, and only as far, as an administrator lets it.",
    ],
  },
};
