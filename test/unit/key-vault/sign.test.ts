import { constants, createHash, generateKeyPairSync, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signatureAlgorithms, signDigest } from "../../../infra/local/tenant/key-vault/keys/sign";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

function verifies(algorithm: string, message: Uint8Array, signature: Buffer): boolean {
  const hash = `sha${algorithm.slice(2)}`;
  const padding = algorithm.startsWith("PS") ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return verify(hash, message, { key: publicKey, padding, saltLength }, signature);
}

describe("signing a digest", () => {
  it.each(signatureAlgorithms)("%s is what a verifier of the message accepts", (algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array(), (message) => {
        const digest = createHash(`sha${algorithm.slice(2)}`)
          .update(message)
          .digest();
        return verifies(algorithm, message, signDigest(pem, algorithm, digest));
      }),
      { numRuns: 20 },
    );
  });

  it("refuses a digest of another length", () => {
    expect(() => signDigest(pem, "PS256", Buffer.alloc(20))).toThrow("requires 32 bytes");
  });

  it("is not accepted for another message", () => {
    const digest = createHash("sha256").update("one").digest();
    expect(verifies("PS256", Buffer.from("two"), signDigest(pem, "PS256", digest))).toBe(false);
  });
});
