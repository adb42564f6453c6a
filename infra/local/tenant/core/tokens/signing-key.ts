import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { join } from "node:path";
import { readFileIfThere, writePrivateFile } from "../files";

/** The key pair that signs access tokens, and its published form. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public key as the `keys` endpoint lists it. */
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** The tenant's signing key: made at the first start, kept in its folder (mode 600). */
export function loadSigningKey(directory: string): SigningKey {
  const file = join(directory, "token-signing-key.pem");
  const stored = readFileIfThere(file);
  if (stored !== undefined) return signingKey(createPrivateKey(stored));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writePrivateFile(file, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  return signingKey(privateKey);
}

function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: "spki", format: "der" });
  const id = createHash("sha256").update(der).digest("base64url").slice(0, 27);
  const jwk = { ...publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: id, x5t: id };
  return { id, privateKey, publicKey, jwk };
}
