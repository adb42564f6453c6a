import { z } from "zod";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const vaultRbac = resourceRule({
  id: "vault-rbac",
  title: "Vaults are guarded by Azure roles",
  severity: "high",
  enforcement: "mandatory",
  cause: "enableRbacAuthorization is not true; the SDK's default is false.",
  explanation:
    "Access policies are the vault's own, and whoever may write to the vault's properties can give himself one.",
  remediation: "Set enableRbacAuthorization to true.",
  framework: {
    name: "CIS Microsoft Azure Foundations Benchmark",
    version: "2.0.0",
    reference: "8.6",
    specification: "Enable Role Based Access Control for Azure Key Vault",
  },
  types: [types.vault],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    readProperty(properties, "properties.enableRbacAuthorization", z.boolean().default(false))
      ? judged([])
      : judged([{ culprit: "enableRbacAuthorization", message: "The vault is guarded by access policies." }]),
});
