/** Signatures over a digest that the caller computed, as the service makes them: the key stays in the vault. */
import { constants, createHash, createPrivateKey, privateEncrypt, randomBytes } from "node:crypto";
import { badParameter } from "../errors";

/** Names of RSA signature algorithms. */
export const signatureAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** DER prefixes of DigestInfo (RFC 8017, section 9.2, note 1). */
const digestInfo: Readonly<Record<string, string>> = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

/**
 * Signs a digest with an RSA key.
 * @throws VaultError 400 when the digest has not the algorithm's length
 */
export function signDigest(privateKeyPem: string, algorithm: SignatureAlgorithm, digest: Buffer): Buffer {
  const hash = `sha${algorithm.slice(2)}`;
  const length = Number(algorithm.slice(2)) / 8;
  if (digest.length !== length) {
    throw badParameter(
      `Invalid length of 'value': ${digest.length} bytes. ${algorithm} requires ${length} bytes, encoded with base64url.`,
    );
  }
  const key = createPrivateKey(privateKeyPem);
  if (algorithm.startsWith("RS")) {
    const encoded = Buffer.concat([Buffer.from(digestInfo[hash] ?? "", "hex"), digest]);
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, encoded);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 2048;
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(digest, hash, bits));
}

/** EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, with a salt as long as the digest. Node.js signs messages, not digests. */
function encodePss(digest: Buffer, hash: string, modulusBits: number): Buffer {
  const emBits = modulusBits - 1;
  const length = Math.ceil(emBits / 8);
  const salt = randomBytes(digest.length);
  const h = createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
  const block = Buffer.concat([Buffer.alloc(length - salt.length - h.length - 2), Buffer.from([1]), salt]);
  const mask = maskGeneration(h, hash, block.length);
  const masked = Buffer.from(block.map((byte, place) => byte ^ (mask[place] ?? 0)));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - emBits));
  return Buffer.concat([masked, h, Buffer.from([0xbc])]);
}

/** MGF1 of RFC 8017, appendix B.2.1. */
function maskGeneration(seed: Buffer, hash: string, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0; Buffer.concat(parts).length < length; counter++) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    parts.push(createHash(hash).update(seed).update(count).digest());
  }
  return Buffer.concat(parts).subarray(0, length);
}
