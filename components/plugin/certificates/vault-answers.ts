import { z } from "zod";
import type { PlainProperties } from "../serve";
import { pem } from "./pem";
import { thumbprintOf } from "./self-signed";

/** The state of a certificate that is being made. */
export const pendingOperation = z.object({
  status: z.string(),
  status_details: z.string().nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

/** The state of a certificate that is being made. */
export type PendingOperation = z.infer<typeof pendingOperation>;

const certificateBundle = z.object({
  id: z.string(),
  kid: z.string(),
  cer: z.string(),
  attributes: z.object({ nbf: z.number(), exp: z.number() }),
  policy: z.object({
    key_props: z.object({ exportable: z.boolean().nullish() }).nullish(),
    x509_props: z.object({ subject: z.string(), validity_months: z.number() }),
  }),
});

/** A certificate bundle of the vault: what was asked for, and what came of it. */
export function parseCertificate(body: unknown): {
  readonly policy: PlainProperties;
  readonly outputs: PlainProperties;
} {
  const { id, kid, cer, attributes, policy } = certificateBundle.parse(body);
  const der = Buffer.from(cer, "base64");
  return {
    policy: {
      subject: policy.x509_props.subject,
      validityMonths: policy.x509_props.validity_months,
      exportable: policy.key_props?.exportable ?? false,
    },
    outputs: {
      certificateId: id,
      certificatePem: pem("CERTIFICATE", der),
      keyId: kid,
      notBefore: instant(attributes.nbf),
      notAfter: instant(attributes.exp),
      thumbprint: thumbprintOf(der),
    },
  };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** Thrown for an id that is not `{vaultUri}/certificates/{name}`. */
class CertificateIdError extends Error {
  override readonly name = "CertificateIdError";
}

/** Vault and name in a certificate's id. */
export function certificateIn(id: string): { readonly vaultUri: string; readonly name: string } {
  const [, vaultUri, name] = /^(https:\/\/[^/]+)\/certificates\/([0-9a-zA-Z-]+)$/.exec(id) ?? [];
  if (vaultUri !== undefined && name !== undefined) return { vaultUri: `${vaultUri}/`, name };
  throw new CertificateIdError(`The id "${id}" is not of the form https://{vault}/certificates/{name}.`);
}
