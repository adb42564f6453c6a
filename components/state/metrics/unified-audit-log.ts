import { anyIsFinding, type Metric, notAssessed } from "../metric";

export const unifiedAuditLog: Metric = {
  id: "unified-audit-log",
  title: "Unified audit log disabled",
  what: "Whether Microsoft 365 records what users and administrators do in the unified audit log.",
  why: "Without the log nobody can find out afterwards what an intruder did, nor does any product see events of Exchange.",
  remediation:
    "Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true in Exchange Online PowerShell; it takes effect within an hour.",
  severity: "high",
  origin: "netwrix-1secure",
  fields: ["Exchange Online: Get-AdminAuditLogConfig UnifiedAuditLogIngestionEnabled"],
  needs: [],
  thresholds: [],
  begin: ({ evidence, exchange }) => ({
    finish: async () => {
      if (exchange === undefined) {
        return notAssessed(
          "opt-in-off",
          "unifiedAuditLogCheck is off: it takes Exchange.ManageAsApp and the directory role Global Reader. Switch it on for the connector.",
        );
      }
      const found = evidence();
      try {
        const name = "UnifiedAuditLogIngestionEnabled";
        if (!(await exchange.unifiedAuditLogEnabled())) found.add("setting", { id: name }, { Value: false });
      } catch (error) {
        return notAssessed("failed", error instanceof Error ? error.message : String(error));
      }
      return anyIsFinding(found);
    },
  }),
};
