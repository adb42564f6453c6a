/** Values at rest: the tenant's state holds them encrypted, so that no file of it can be searched for a secret. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { join } from "node:path";
import { readFileIfThere, writePrivateFile } from "../core/files";

const algorithm = "aes-256-gcm";
const ivLength = 12;
const tagLength = 16;

/** Encrypts and decrypts with a key that is kept in a file of its own. */
export class Sealing {
  readonly #key: Buffer;

  /** @param directory folder of the tenant; the key is made at the first use */
  constructor(directory: string) {
    const file = join(directory, "vault-key");
    const stored = readFileIfThere(file);
    this.#key = stored === undefined ? randomBytes(32) : Buffer.from(stored, "base64");
    if (stored === undefined) writePrivateFile(file, this.#key.toString("base64"));
  }

  seal(text: string): string {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv(algorithm, this.#key, iv);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
  }

  open(sealed: string): string {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, ivLength));
    decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]).toString(
      "utf8",
    );
  }
}
