import { z } from "zod";
import { resourceType } from "../serve";
import { selfSigned } from "./self-signed";
import { subject } from "./subject";
import type { VaultSession } from "./vault-session";

const instant = z.iso.datetime({
  offset: true,
  message: "must be an RFC 3339 date and time, such as 2027-01-31T00:00:00Z",
});

/** A key pair and self-signed certificate that live in state alone, the key encrypted; for stacks without a vault. */
export const generatedCertificate = resourceType({
  token: "entra-connectors:index:GeneratedCertificate",
  description:
    "A self-signed certificate with its private key, made by the plugin and kept encrypted in state.",
  inputs: z.strictObject({
    subject: subject.describe("Distinguished name, such as CN=ConductorOne."),
    notBefore: instant.describe("From when the certificate is valid, RFC 3339."),
    notAfter: instant.describe("Until when the certificate is valid, RFC 3339."),
    generation: z.string().optional().describe("Any text; another one makes a new key pair and certificate."),
  }),
  expect: ({ notBefore, notAfter }) =>
    typeof notBefore === "string" &&
    typeof notAfter === "string" &&
    Date.parse(notAfter) <= Date.parse(notBefore)
      ? [{ property: "notAfter", reason: "must be later than notBefore" }]
      : [],
  computed: ["certificatePem", "privateKeyPem", "thumbprint"],
  secretOutputs: ["privateKeyPem"],
  toldOnce: ["certificatePem", "privateKeyPem", "thumbprint"],
  replaceOn: ["generation", "notAfter", "notBefore", "subject"],
  notImportable:
    "A generated certificate can't be imported: its key lives in the stack's state alone. Declare a new one.",
  create: async (_session: VaultSession, inputs) => {
    const made = await selfSigned(inputs.subject, new Date(inputs.notBefore), new Date(inputs.notAfter));
    return { id: made.thumbprint, inputs, outputs: { ...made } };
  },
  read: async (_session, operation) => ({
    id: operation.id,
    inputs: operation.inputs,
    outputs: operation.outputs,
  }),
  delete: async () => undefined,
});
