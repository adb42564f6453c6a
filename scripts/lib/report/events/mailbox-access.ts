/** Mailboxes used by others than their owners, as the collector selects them from the Exchange feed. */
import { firstText, textAt } from "./clean-text";
import type { EventKind, EventRow } from "./digest";

const names: Readonly<Record<string, string>> = { administrator: "Administrator", delegate: "Delegate" };
const service = "Service account";

export const mailboxAccess: EventKind = {
  id: "mailbox-access-table",
  label: "Mailboxes used by others than their owners",
  columns: ["Mailbox", "Who", "As", "Operation", "Folder", "Result", "IP address", "Client"],
  series: ["Administrator", "Delegate", service],
  tops: ["By mailbox", "By who used them"],
  read,
};

function read(data: unknown): EventRow {
  const mailbox = firstText(textAt(data, "owner"), textAt(data, "mailboxId"));
  const who = textAt(data, "actor");
  const accessedAs = textAt(data, "accessedAs");
  const isService = textAt(data, "serviceAccount") === "true";
  const as = isService ? service : (names[accessedAs] ?? accessedAs);
  return {
    cells: [
      mailbox,
      who,
      as,
      textAt(data, "operation"),
      textAt(data, "folder"),
      textAt(data, "result"),
      textAt(data, "clientIp"),
      textAt(data, "client"),
    ],
    series: as,
    // What the platform does for itself would drown what people do.
    tops: isService ? [] : [mailbox, who],
  };
}
