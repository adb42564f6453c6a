import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type PlainProperties, type Reading, resourceType } from "../../../../../components/plugin/serve";
import type { Directory } from "../directory";
import { credentialIdIn, objectIdIn } from "../ids";
import {
  type CredentialHolder,
  parseCredentialHolder,
  readCredentials,
  sameKey,
  waitForKey,
} from "./application";
import { date } from "./dates";

const certificateInputs = z.strictObject({
  applicationId: z.string().min(1, "must not be empty"),
  value: z.string().min(1, "must not be empty"),
  encoding: z.enum(["pem", "base64", "hex"]).optional(),
  type: z
    .literal("AsymmetricX509Cert", "must be AsymmetricX509Cert: the local plugin carries certificates only")
    .optional(),
  keyId: z.guid("must be a GUID").optional(),
  startDate: date.optional(),
  endDate: date.optional(),
});

type CertificateInputs = z.infer<typeof certificateInputs>;

/** `azuread.ApplicationCertificate`: a certificate that an application may sign in with. Every change replaces it. */
export const applicationCertificate = resourceType({
  token: "azuread:index/applicationCertificate:ApplicationCertificate",
  description: "A certificate that an application may sign in with.",
  inputs: certificateInputs,
  notCarried: { endDateRelative: "is deprecated and not carried by the local plugin; give a fixed endDate" },
  expect: (inputs) =>
    typeof inputs.value === "string" && inputs.value.includes("PRIVATE KEY")
      ? [{ property: "value", reason: "holds a private key; give the certificate alone" }]
      : [],
  computed: [],
  secretOutputs: ["value"],
  writeOnly: ["value", "encoding"],
  serverChosen: ["keyId", "startDate", "endDate", "type"],
  replaceOn: ["applicationId", "value", "encoding", "type", "keyId", "startDate", "endDate"],
  defaults: { encoding: "pem" },
  timeouts: { create: 10 },
  create: async (directory: Directory, inputs, operation) => {
    const application = objectIdIn(inputs.applicationId, "applications");
    return directory.applications.run(application, async () => {
      const holder = await readCredentials(directory, application, operation);
      const entry = entryOf(inputs);
      await writeKeys(directory, application, [...(holder.keyCredentials ?? []), entry], operation);
      const id = `${application}/certificate/${entry.keyId}`;
      operation.created(id, { keyId: entry.keyId });
      await waitForKey(directory, application, "keyCredentials", entry.keyId, true, operation);
      const reading = readingIn(
        await readCredentials(directory, application, operation),
        application,
        entry.keyId,
      );
      return reading ?? { id, inputs: {}, outputs: { keyId: entry.keyId } };
    });
  },
  read: async (directory, operation) => {
    const { application, credential } = credentialIdIn(operation.id, "certificate");
    const body = await directory.v1.find(`/applications/${application}`, operation);
    return body === undefined ? undefined : readingIn(parseCredentialHolder(body), application, credential);
  },
  delete: async (directory, operation) => {
    const { application, credential } = credentialIdIn(operation.id, "certificate");
    await directory.applications.run(application, async () => {
      const holder = await readCredentials(directory, application, operation);
      const rest = (holder.keyCredentials ?? []).filter((entry) => !sameKey(entry.keyId, credential));
      await writeKeys(directory, application, rest, operation);
      await waitForKey(directory, application, "keyCredentials", credential, false, operation);
    });
  },
});

async function writeKeys(
  directory: Directory,
  application: string,
  keyCredentials: readonly unknown[],
  limits: { readonly signal: AbortSignal; readonly deadline: number },
): Promise<void> {
  await directory.v1.call("PATCH", `/applications/${application}`, limits, {
    id: application,
    keyCredentials,
  });
}

function entryOf(inputs: CertificateInputs): { readonly keyId: string } & Record<string, unknown> {
  return {
    keyId: inputs.keyId ?? randomUUID(),
    type: "AsymmetricX509Cert",
    usage: "Verify",
    // Graph takes the base64 of the PEM text, whatever the encoding that the program gave.
    key: Buffer.from(pemOf(inputs)).toString("base64"),
    ...(inputs.startDate === undefined ? {} : { startDateTime: inputs.startDate }),
    ...(inputs.endDate === undefined ? {} : { endDateTime: inputs.endDate }),
  };
}

function pemOf(inputs: CertificateInputs): string {
  const encoding = inputs.encoding ?? "pem";
  if (encoding === "pem") return inputs.value;
  const der = Buffer.from(inputs.value.replace(/\s+/g, ""), encoding);
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function readingIn(holder: CredentialHolder, application: string, keyId: string): Reading | undefined {
  const found = holder.keyCredentials?.find((entry) => sameKey(entry.keyId, keyId));
  if (found === undefined) return undefined;
  const inputs: PlainProperties = {
    applicationId: `/applications/${application}`,
    keyId: found.keyId,
    ...(found.type ? { type: found.type } : {}),
    ...(found.startDateTime ? { startDate: found.startDateTime } : {}),
    ...(found.endDateTime ? { endDate: found.endDateTime } : {}),
  };
  return { id: `${application}/certificate/${found.keyId}`, inputs, outputs: inputs };
}
