/** The policy of a certificate as it is asked for. */
import { z } from "zod";
import type { CertificatePolicy } from "../model";
import { attributesInput, tagsInput } from "../requests";

const policySchema = z.object({
  issuer: z.object({ name: z.literal("Self", { error: "this vault has no issuer but Self" }) }),
  key_props: z
    .object({
      kty: z.literal("RSA", { error: "this vault makes RSA keys only" }).default("RSA"),
      key_size: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]).default(2048),
      exportable: z.boolean().default(true),
      reuse_key: z.boolean().default(false),
    })
    .prefault({}),
  secret_props: z
    .object({
      contentType: z.enum(["application/x-pkcs12", "application/x-pem-file"]).default("application/x-pkcs12"),
    })
    .prefault({}),
  x509_props: z.object({
    subject: z.string().min(1),
    validity_months: z.number().int().min(1).max(120).default(12),
    key_usage: z.array(z.string()).default(["digitalSignature", "keyEncipherment"]),
    ekus: z.array(z.string()).default(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]),
  }),
});

/** The body of a create call. */
export const createBody = z.object({ policy: policySchema, attributes: attributesInput, tags: tagsInput });

/** The body of an update of a version. */
export const updateBody = z.object({ attributes: attributesInput, tags: tagsInput });

/** The policy as it is kept. */
export function keptPolicy({
  issuer,
  key_props,
  secret_props,
  x509_props,
}: z.output<typeof policySchema>): CertificatePolicy {
  return { issuer, key_props, secret_props, x509_props };
}
