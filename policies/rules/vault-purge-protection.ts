import { z } from "zod";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const vaultPurgeProtection = resourceRule({
  id: "vault-purge-protection",
  title: "Vaults can't be purged",
  severity: "medium",
  enforcement: "mandatory",
  cause: "enablePurgeProtection is not true.",
  explanation: "Without it somebody can delete every credential for good, and with them every connection.",
  remediation: "Set enablePurgeProtection to true.",
  framework: {
    name: "CIS Microsoft Azure Foundations Benchmark",
    version: "2.0.0",
    reference: "8.5",
    specification: "Ensure the Key Vault is Recoverable",
  },
  types: [types.vault],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    readProperty(properties, "properties.enablePurgeProtection", z.boolean().default(false))
      ? judged([])
      : judged([{ culprit: "enablePurgeProtection", message: "The vault can be purged." }]),
});
