/** The keys behind certificates ("Keys" of the Key Vault REST API reference): shown, and used to sign. */
import { createPublicKey } from "node:crypto";
import type { Hono } from "hono";
import { z } from "zod";
import { permit } from "../access";
import type { VaultEnvironment } from "../environment";
import { VaultError } from "../errors";
import type { CertificateVersion } from "../model";
import { parseBody } from "../requests";
import { shownAttributes } from "../secrets/secrets";
import type { Vault } from "../vault";
import { signatureAlgorithms, signDigest } from "./sign";

const signBody = z.object({
  alg: z.enum(signatureAlgorithms),
  value: z.string().regex(/^[A-Za-z0-9_-]+$/, "not base64url"),
});

/** Adds the calls on keys to the vault's app. */
export function keyRoutes(app: Hono<VaultEnvironment>, vault: Vault): void {
  app.get("/keys/:name/:version?", (context) => {
    const { name, version } = context.req.param();
    permit(vault, context.get("caller"), "keys/read", `keys/${name}`);
    return context.json(keyBundle(vault, vault.certificates.get(name, version)) as object);
  });

  app.post("/keys/:name/:version/sign", async (context) => {
    const { name, version } = context.req.param();
    permit(vault, context.get("caller"), "keys/sign/action", `keys/${name}`);
    const { alg, value } = await parseBody(context.req.raw, signBody);
    const certificate = vault.certificates.get(name, version);
    refuseOutOfTime(vault, certificate);
    const signature = signDigest(
      vault.sealing.open(certificate.sealedKey),
      alg,
      Buffer.from(value, "base64url"),
    );
    return context.json({ kid: keyId(vault, certificate), value: signature.toString("base64url") });
  });
}

function keyId(vault: Vault, { name, version }: CertificateVersion): string {
  return `${vault.origin()}/keys/${name}/${version}`;
}

function keyBundle(vault: Vault, certificate: CertificateVersion): Record<string, unknown> {
  const { kty, n, e } = createPublicKey(vault.sealing.open(certificate.sealedKey)).export({ format: "jwk" });
  return {
    key: { kid: keyId(vault, certificate), kty, n, e, key_ops: ["sign", "verify"] },
    attributes: shownAttributes(vault, certificate.attributes),
    tags: certificate.tags,
    managed: true,
  };
}

/** Unlike reading a secret, using a key is refused outside its time. */
function refuseOutOfTime(
  vault: Vault,
  { attributes: { enabled, nbf = 0, exp = Number.POSITIVE_INFINITY } }: CertificateVersion,
): void {
  const now = vault.now();
  if (!enabled)
    throw new VaultError(403, "Forbidden", "Operation sign is not allowed on a disabled key.", "KeyDisabled");
  if (now < nbf)
    throw new VaultError(
      403,
      "Forbidden",
      "Operation sign is not allowed on a key that is not yet valid.",
      "KeyNotYetValid",
    );
  if (now >= exp)
    throw new VaultError(403, "Forbidden", "Operation sign is not allowed on an expired key.", "KeyExpired");
}
