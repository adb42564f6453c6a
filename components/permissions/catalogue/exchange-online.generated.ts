/** Application permissions of Office 365 Exchange Online: the published service principal of the API; texts by Microsoft for Graph, by us for the others. Made by generate.ts: change that, not this. */
import type { RoleRow } from "./role";

export const exchangeOnlineRoles = [
  ["Calendars.Read", "798ee544-9d2d-430c-a058-570e29e34338", "read", "Read calendars in all mailboxes", "Reads the events of every user's calendars."],
  ["Calendars.Read.All", "2dfdc6dc-2fa7-4a2c-a922-dbd4f85d17be", "read", "Read calendars in all mailboxes", "Reads the events of every user's calendars."],
  ["Calendars.ReadWrite.All", "ef54d2bf-783f-4e0f-bca1-3210c0444d99", "write", "Read and write calendars in all mailboxes", "Creates, reads, changes and deletes events in every user's calendars."],
  ["Contacts.Read", "089fe4d0-434a-44c5-8827-41ba8a0b17f5", "read", "Read contacts in all mailboxes", "Reads every user's contacts."],
  ["Contacts.ReadWrite", "6918b873-d17a-4dc1-b314-35f528134491", "write", "Read and write contacts in all mailboxes", "Creates, reads, changes and deletes every user's contacts."],
  ["Exchange.ManageAsApp", "dc50a0fb-09a3-484d-be87-e023b12c6440", "write", "Manage Exchange as an application", "Runs Exchange Online administration without a user. What it may do is decided by the directory or Exchange role of the app."],
  ["Exchange.ManageAsAppV2", "ea3d980d-ebc7-4be4-8298-a167e5b8797c", "write", "Manage Exchange as an application (version 2)", "Runs Exchange Online administration without a user. What it may do is decided by the directory or Exchange role of the app."],
  ["IMAP.AccessAsApp", "5e5addcd-3e8d-4e90-baf5-964efab2b20a", "write", "Access all mailboxes over IMAP", "Reads and changes mailboxes over IMAP."],
  ["IMAP.AccessAsApp", "28b54159-e98b-4a00-9d52-10c8c7cbd7f3", "write", "Access all mailboxes over IMAP", "Reads and changes mailboxes over IMAP."],
  ["Mail.Read", "810c84a8-4a9e-49e6-bf7d-12d183f40d01", "read", "Read mail in all mailboxes", "Reads the mail of every mailbox."],
  ["Mail.ReadWrite", "e2a3a72e-5f79-4c64-b1b1-878b674786c9", "write", "Read and write mail in all mailboxes", "Creates, reads, changes and deletes mail in every mailbox. Does not send."],
  ["Mail.Send", "b633e1c5-b582-4048-a93e-9f11b44c7e96", "write", "Send mail as any user", "Sends mail in the name of every user."],
  ["Mailbox.Migration", "f7264778-fba9-422d-8e9e-2675a2c4b513", "write", "Move mailboxes", "Moves mailboxes between organizations, content included."],
  ["MailboxSettings.Read", "d45fa9f8-36e5-4cd2-b601-b063c7cf9ac2", "read", "Read all users' mailbox settings", "Reads the settings of every mailbox."],
  ["MailboxSettings.ReadWrite", "f9156939-25cd-4ba8-abfe-7fabcf003749", "write", "Read and write all users' mailbox settings", "Creates, reads, changes and deletes the settings of every mailbox. Does not send mail."],
  ["Organization.ReadWrite.All", "c976971c-a54d-4835-a240-2479e3dac74a", "write", "Read and write organization configuration", "Reads and changes the organization's Exchange configuration."],
  ["POP.AccessAsApp", "cb842b43-da6e-4506-86fe-bb12199c656d", "write", "Access all mailboxes over POP", "Reads and deletes mail of mailboxes over POP."],
  ["POP.AccessAsApp", "de49976f-4890-467b-967d-b3847b062f21", "write", "Access all mailboxes over POP", "Reads and deletes mail of mailboxes over POP."],
  ["SMTP.SendAsApp", "7146a1f0-8703-45b3-9eae-527a64c00995", "write", "Send mail over SMTP", "Sends mail as the mailboxes it is let into, over SMTP."],
  ["SMTP.SendAsApp", "ce81e10f-fda1-4348-8947-f7fdb6c649ad", "write", "Send mail over SMTP", "Sends mail as the mailboxes it is let into, over SMTP."],
  ["User.Read.All", "bf24470f-10c1-436d-8d53-7b997eb473be", "read", "Read all users' full profiles", "Reads the full profile of every user."],
  ["User.ReadBasic.All", "77e65b5a-ceae-48b3-9490-50a86a038a48", "read", "Read all users' basic profiles", "Reads a basic set of every user's properties."],
  ["full_access_as_app", "dc890d15-9560-4a4c-9b7f-a736ec74ec40", "write", "Use Exchange Web Services with full access to all mailboxes", "Reads, changes, sends and deletes everything in every mailbox through Exchange Web Services."],
] as const satisfies readonly RoleRow[];
