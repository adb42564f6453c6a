import { z } from "zod";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

const settings = z.array(z.object({ name: z.string(), value: z.string().default("") })).default([]);

/** Settings that hold a secret by their very meaning. */
const secretNames: readonly RegExp[] = [
  /^AzureWebJobsStorage$/i,
  /^AzureWebJobsDashboard$/i,
  /^WEBSITE_CONTENTAZUREFILECONNECTIONSTRING$/i,
  /(secret|password|passphrase|private_?key|account_?key)$/i,
];

/** Texts that hold a secret wherever they stand. */
const secretTexts: readonly RegExp[] = [
  /\b(AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd)=/i,
  /[?&]sig=/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

export const siteNoSecretSettings = resourceRule({
  id: "site-no-secret-settings",
  title: "App settings hold no secret",
  severity: "critical",
  enforcement: "mandatory",
  cause: "An app setting is a connection string with a key, a signature, a password or a private key.",
  explanation:
    "Whoever may read the app's settings has it, it stands in the deployment's state, and nothing rotates it.",
  remediation:
    "Connect by the managed identity (AzureWebJobsStorage__credential), or refer to a Key Vault secret.",
  types: [types.site],
  config: z.strictObject({}),
  waitsForValues: true,
  judge: ({ properties }) =>
    judged(
      readProperty(properties, "siteConfig.appSettings", settings)
        .filter(({ name, value }) => isSecret(name, value))
        .map(({ name }) => ({ culprit: name, message: `The app setting ${name} holds a secret.` })),
    ),
});

function isSecret(name: string, value: string): boolean {
  if (value.startsWith("@Microsoft.KeyVault(")) return false;
  return (
    secretNames.some((pattern) => pattern.test(name)) || secretTexts.some((pattern) => pattern.test(value))
  );
}
