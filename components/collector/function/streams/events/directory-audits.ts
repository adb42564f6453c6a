/** Changes in the directory. Microsoft pages "List directoryAudits", "Microsoft Entra data retention". */
import { logStream } from "./log-stream";

export const directoryAudits = logStream({
  name: "directory-audits",
  type: { type: "directoryAudit", schemaVersion: 1, event: true },
  timeProperty: "activityDateTime",
  keptDays: [7, 30],
  missing: "Changes in the directory are missing",
  sources: () => ["directoryAudits"],
  together: (sources) => [sources],
  listing: () => ({ path: "/auditLogs/directoryAudits", filters: [] }),
  label: { property: "category", of: () => ({}) },
});
