import { createHash } from "node:crypto";

/**
 * The name of an entry as it appears in resource names, tags and secret names: lower-case letters, digits and single
 * hyphens. A name without any Latin letter or digit gets a short hash, so that it has one too.
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  if (slug !== "") return slug;
  return `connector-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}
