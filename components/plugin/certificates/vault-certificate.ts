import { z } from "zod";
import { type CreateOperation, type ExistingOperation, type Reading, resourceType } from "../serve";
import { subject } from "./subject";
import { certificateIn, type PendingOperation, parseCertificate, pendingOperation } from "./vault-answers";
import type { VaultClient } from "./vault-client";
import type { VaultSession } from "./vault-session";

const POLL_MILLISECONDS = 500;
const FIRST_POLL_MILLISECONDS = 50;

const vaultCertificateInputs = z.strictObject({
  vaultUri: z
    .url({ protocol: /^https$/, error: "must be the vault's https address" })
    .describe("Address of the vault."),
  certificateName: z
    .string()
    .regex(/^[0-9a-zA-Z-]{1,127}$/, "must be 1 to 127 letters, digits and hyphens")
    .describe("Name of the certificate in the vault."),
  subject: subject.describe("Distinguished name, such as CN=ConductorOne."),
  validityMonths: z
    .number()
    .int("must be whole months")
    .min(1, "must be at least 1")
    .max(120, "must be at most 120")
    .describe("How many months each version is valid."),
  exportable: z
    .boolean()
    .optional()
    .describe("Whether the private key may leave the vault; false unless a vendor must hold it."),
  generation: z.string().optional().describe("Any text; another one makes a new version."),
});

type VaultCertificateInputs = z.infer<typeof vaultCertificateInputs>;

/** Thrown when a certificate of that name is there already: it is never adopted. */
class CertificateExistsError extends Error {
  override readonly name = "CertificateExistsError";
}

/** Thrown when the vault could not make the certificate. */
class CertificateCreationError extends Error {
  override readonly name = "CertificateCreationError";
}

/** A self-signed certificate whose key is made in a vault and, unless exportable, never leaves it. */
export const vaultCertificate = resourceType({
  token: "entra-connectors:index:VaultCertificate",
  description: "A self-signed certificate in a key vault.",
  inputs: vaultCertificateInputs,
  computed: ["certificateId", "certificatePem", "keyId", "notAfter", "notBefore", "thumbprint"],
  recomputed: ["certificateId", "certificatePem", "keyId", "notAfter", "notBefore", "thumbprint"],
  writeOnly: ["generation"],
  replaceOn: ["certificateName", "vaultUri"],
  deleteBeforeReplace: true,
  defaults: { exportable: false },
  timeouts: { create: 10, update: 10 },
  create: createCertificate,
  read: async (session: VaultSession, operation) => {
    const { vaultUri, name } = certificateIn(operation.id);
    const body = await (await session.open(vaultUri, operation)).call("GET", `/certificates/${name}`);
    return body === undefined ? undefined : readingOf(vaultUri, name, body);
  },
  update: async (session, inputs, operation) => {
    const vault = await session.open(inputs.vaultUri, operation);
    return makeVersion(vault, inputs);
  },
  delete: removeCertificate,
});

async function createCertificate(
  session: VaultSession,
  inputs: VaultCertificateInputs,
  operation: CreateOperation,
): Promise<Reading> {
  const vault = await session.open(inputs.vaultUri, operation);
  const path = `/certificates/${inputs.certificateName}`;
  if ((await vault.call("GET", path)) !== undefined) {
    throw new CertificateExistsError(
      `The vault has a certificate ${inputs.certificateName} already: import it as ${idOf(inputs.vaultUri, inputs.certificateName)}, or choose another name.`,
    );
  }
  await recoverDeleted(vault, inputs.certificateName);
  return makeVersion(vault, inputs, () =>
    operation.created(idOf(inputs.vaultUri, inputs.certificateName), {}),
  );
}

/** A name whose certificate is deleted but not purged can only be used again by bringing it back. */
async function recoverDeleted(vault: VaultClient, name: string): Promise<void> {
  if ((await vault.call("GET", `/deletedcertificates/${name}`)) === undefined) return;
  await vault.call("POST", `/deletedcertificates/${name}/recover`);
  while ((await vault.call("GET", `/certificates/${name}`)) === undefined)
    await vault.pause(POLL_MILLISECONDS);
}

async function makeVersion(
  vault: VaultClient,
  inputs: VaultCertificateInputs,
  accepted: () => void = () => undefined,
): Promise<Reading> {
  const path = `/certificates/${inputs.certificateName}`;
  let pending = pendingOperation.parse(
    await vault.call("POST", `${path}/create`, { policy: policyOf(inputs) }),
  );
  accepted();
  for (let delay = FIRST_POLL_MILLISECONDS; pending.status === "inProgress"; delay = POLL_MILLISECONDS) {
    await vault.pause(delay);
    pending = pendingOperation.parse(await vault.call("GET", `${path}/pending`));
  }
  refuseFailed(inputs.certificateName, pending);
  return readingOf(inputs.vaultUri, inputs.certificateName, await vault.call("GET", path));
}

function refuseFailed(name: string, pending: PendingOperation): void {
  if (pending.status === "completed") return;
  const cause = pending.error?.message ?? pending.status_details ?? "no reason given";
  throw new CertificateCreationError(
    `The vault did not make the certificate ${name} (${pending.status}): ${cause}`,
  );
}

function policyOf(inputs: VaultCertificateInputs): Record<string, unknown> {
  return {
    issuer: { name: "Self" },
    key_props: { kty: "RSA", key_size: 2048, exportable: inputs.exportable ?? false, reuse_key: false },
    // A vendor that must hold the key gets it as PEM, which every product and tool reads.
    secret_props: { contentType: inputs.exportable ? "application/x-pem-file" : "application/x-pkcs12" },
    x509_props: {
      subject: inputs.subject,
      validity_months: inputs.validityMonths,
      key_usage: ["digitalSignature"],
      ekus: ["1.3.6.1.5.5.7.3.2"],
    },
    lifetime_actions: [],
  };
}

async function removeCertificate(session: VaultSession, operation: ExistingOperation): Promise<void> {
  const { vaultUri, name } = certificateIn(operation.id);
  const vault = await session.open(vaultUri, operation);
  if ((await vault.call("DELETE", `/certificates/${name}`)) === undefined) return;
  while ((await vault.call("GET", `/certificates/${name}`)) !== undefined)
    await vault.pause(POLL_MILLISECONDS);
}

function readingOf(vaultUri: string, name: string, body: unknown): Reading {
  const { policy, outputs } = parseCertificate(body);
  const inputs = { vaultUri, certificateName: name, ...policy };
  return { id: idOf(vaultUri, name), inputs, outputs: { ...inputs, ...outputs } };
}

function idOf(vaultUri: string, name: string): string {
  return `${vaultUri.replace(/\/+$/, "")}/certificates/${name}`;
}
