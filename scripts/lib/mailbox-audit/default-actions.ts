/**
 * What is audited by default, as far as mailboxes other than one's own are concerned. Source: "Manage mailbox auditing",
 * table of the mailbox actions of user and shared mailboxes.
 */

/** Kinds of sign-in to a mailbox, as Exchange names them. */
export const logonTypes = ["Admin", "Delegate", "Owner"] as const;
export type LogonType = (typeof logonTypes)[number];

/** Sign-ins of somebody other than the owner. */
export const nonOwnerLogons = ["Admin", "Delegate"] as const satisfies readonly LogonType[];

const everybody = [
  "ApplyRecord",
  "HardDelete",
  "MailItemsAccessed",
  "MoveToDeletedItems",
  "RecordDelete",
  "SoftDelete",
  "Update",
  "UpdateFolderPermissions",
  "UpdateInboxRules",
] as const;

export const defaultActions: Readonly<Record<LogonType, readonly string[]>> = {
  Admin: [...everybody, "Create", "Send", "SendAs", "SendOnBehalf", "UpdateCalendarDelegation"],
  Delegate: [...everybody, "Create", "SendAs", "SendOnBehalf"],
  Owner: [...everybody, "Send", "UpdateCalendarDelegation"],
};
