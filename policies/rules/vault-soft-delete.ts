import { z } from "zod";
import { type Finding, judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const vaultSoftDelete = resourceRule({
  id: "vault-soft-delete",
  title: "Vaults keep deleted content for 90 days",
  severity: "medium",
  enforcement: "mandatory",
  cause: "enableSoftDelete is false, or softDeleteRetentionInDays is less than `days`.",
  explanation: "A credential that was deleted by mistake or in malice can be brought back.",
  remediation: "Leave enableSoftDelete on and set softDeleteRetentionInDays to 90.",
  framework: {
    name: "CIS Microsoft Azure Foundations Benchmark",
    version: "2.0.0",
    reference: "8.5",
    specification: "Ensure the Key Vault is Recoverable",
  },
  types: [types.vault],
  config: z.strictObject({
    days: z.int().min(7).max(90).default(90).describe("Least number of days."),
  }),
  judge: ({ properties }, { config }) => {
    const on = readProperty(properties, "properties.enableSoftDelete", z.boolean().default(true));
    const days = readProperty(properties, "properties.softDeleteRetentionInDays", z.number().default(90));
    const findings: Finding[] = [];
    if (!on) findings.push({ culprit: "enableSoftDelete", message: "Soft delete is off." });
    if (days < config.days) {
      const message = `Deleted content is kept for ${days} days, not ${config.days}.`;
      findings.push({ culprit: "softDeleteRetentionInDays", message });
    }
    return judged(findings);
  },
});
