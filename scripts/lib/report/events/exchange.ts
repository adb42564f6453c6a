/** Every event of the Exchange feed. Microsoft page "Office 365 Management Activity API schema". */
import { firstText, textAt } from "./clean-text";
import type { EventKind, EventRow } from "./digest";

export const exchange: EventKind = {
  id: "exchange-table",
  label: "Exchange activity",
  columns: ["Operation", "Who", "Mailbox or object", "Result", "IP address"],
  series: ["Failed", "Successful"],
  tops: ["By operation", "By who did it"],
  read,
};

/** Mailbox events succeed by this word, cmdlets by the others; some events say nothing. */
const successes: ReadonlySet<string> = new Set(["", "succeeded", "success", "true"]);

function read(data: unknown): EventRow {
  const operation = textAt(data, "operation");
  const who = textAt(data, "userId");
  const result = textAt(data, "result");
  const object = firstText(textAt(data, "event", "MailboxOwnerUPN"), textAt(data, "event", "ObjectId"));
  return {
    cells: [operation, who, object, result, textAt(data, "clientIp")],
    series: successes.has(result.toLowerCase()) ? "Successful" : "Failed",
    tops: [operation, who],
  };
}
