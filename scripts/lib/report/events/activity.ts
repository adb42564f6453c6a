/** Changes in the directory. Microsoft page "directoryAudit resource type". */
import { firstText, textAt } from "./clean-text";
import type { EventKind, EventRow } from "./digest";

export const activity: EventKind = {
  id: "activity-table",
  label: "Changes in the directory",
  columns: ["Activity", "Category", "Result", "Who", "Target", "Target type", "Reason"],
  series: ["Failed", "Successful"],
  tops: ["By activity", "By who did it"],
  read,
};

function read(data: unknown): EventRow {
  const result = textAt(data, "result") === "success" ? "Successful" : "Failed";
  const name = textAt(data, "activityDisplayName");
  const who = firstText(
    textAt(data, "initiatedBy", "user", "userPrincipalName"),
    textAt(data, "initiatedBy", "user", "displayName"),
    textAt(data, "initiatedBy", "app", "displayName"),
    textAt(data, "initiatedBy", "user", "id"),
    textAt(data, "initiatedBy", "app", "servicePrincipalId"),
  );
  const target = firstText(
    textAt(data, "targetResources", 0, "userPrincipalName"),
    textAt(data, "targetResources", 0, "displayName"),
    textAt(data, "targetResources", 0, "id"),
  );
  return {
    cells: [
      name,
      textAt(data, "category"),
      result,
      who,
      target,
      textAt(data, "targetResources", 0, "type"),
      textAt(data, "resultReason"),
    ],
    series: result,
    tops: [name, who],
  };
}
