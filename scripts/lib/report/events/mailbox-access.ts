/** Mailboxes used by others than their owners. Microsoft page "Office 365 Management Activity API schema". */
import { firstText, textAt } from "./clean-text";
import type { EventKind, EventRow } from "./digest";

/** `LogonType` of a mailbox audit record. */
const logonTypes: Readonly<Record<string, string>> = {
  "0": "Owner",
  "1": "Administrator",
  "2": "Delegate",
  "3": "Transport",
  "4": "Service account",
  "5": "Best access",
  "6": "Delegated administrator",
};
const accessNames: Readonly<Record<string, string>> = {
  admin: "Administrator",
  administrator: "Administrator",
  delegate: "Delegate",
  service: "Service account",
  serviceAccount: "Service account",
};

export const mailboxAccess: EventKind = {
  id: "mailbox-access-table",
  label: "Mailboxes used by others than their owners",
  columns: ["Mailbox", "Who", "As", "Operation", "Result", "IP address", "Client"],
  series: ["Administrator", "Delegate", "Service account", "Other"],
  tops: ["By mailbox", "By who used them"],
  read,
};

function read(data: unknown): EventRow {
  const mailbox = firstText(
    textAt(data, "mailbox"),
    textAt(data, "MailboxOwnerUPN"),
    textAt(data, "MailboxGuid"),
  );
  const who = firstText(textAt(data, "actor"), textAt(data, "UserId"), textAt(data, "UserKey"));
  const as = accessOf(data);
  return {
    cells: [
      mailbox,
      who,
      as,
      textAt(data, "Operation"),
      textAt(data, "ResultStatus"),
      firstText(textAt(data, "ClientIPAddress"), textAt(data, "ClientIP")),
      textAt(data, "ClientInfoString"),
    ],
    series: mailboxAccess.series.includes(as) ? as : "Other",
    // What the platform does for itself would drown what people do.
    tops: as === "Service account" ? [] : [mailbox, who],
  };
}

function accessOf(data: unknown): string {
  const label = firstText(textAt(data, "accessBy"), textAt(data, "access"), textAt(data, "by"));
  const logonType = textAt(data, "LogonType");
  return accessNames[label] ?? logonTypes[logonType] ?? firstText(label, logonType);
}
