import { createHmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import { readFileIfThere, writePrivateFile } from "../core/files";

/** The keys of all sites, made from one secret in a file of its own (mode 600): none is part of the tenant's state. */
export class SiteSecrets {
  readonly #key: Buffer;

  /** @param directory the tenant's folder; the secret is made at the first use */
  constructor(directory: string) {
    const file = join(directory, "site-key");
    const stored = readFileIfThere(file);
    this.#key = stored === undefined ? randomBytes(32) : Buffer.from(stored, "base64");
    if (stored === undefined) writePrivateFile(file, this.#key.toString("base64"));
  }

  /**
   * A site's secret for a purpose.
   * @param life tells sites of one name apart: a site that is made anew has other keys
   */
  of(site: string, life: string, purpose: "master" | "function" | "identity"): string {
    return createHmac("sha256", this.#key).update(`${site}\n${life}\n${purpose}`).digest("base64url");
  }
}
