import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/**
 * A name that is unique in the whole cloud and the same in every run: what it is, the stack, and digits that come from the
 * subscription. Known at preview, which a random one is not.
 * @param separator between the parts; empty for services that take letters and digits alone
 */
export function uniqueName(
  what: string,
  subscriptionId: string,
  { separator, longest }: { readonly separator: "-" | ""; readonly longest: number },
): string {
  const stack = pulumi.getStack();
  const digits = createHash("sha256")
    .update([subscriptionId, pulumi.getProject(), stack, what].join("/"))
    .digest("hex")
    .slice(0, 8);
  const words = `${what}-${stack}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, separator)
    .slice(0, longest - digits.length - separator.length)
    .replace(/-+$/, "");
  return `${words}${separator}${digits}`;
}
