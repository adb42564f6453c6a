import type { Effect } from "./role";

/** Operations in a permission's name that take nothing but a look. */
const readingOperation = /^(Read(?!Write|Update)\w*|Export|Evaluate|Compute)$/;

/** Descriptions that promise a change, whatever the name says ("Policy.Read.Recovery" reads *and updates*). */
const promisesChange =
  /^Allows?( the| an)? (app|application|client)?\s*to read( and (update|write|manage)|, (install|update|write))/i;

/**
 * Whether a permission only reads, judged by its name (`Subject.Operation[.Scope]`) and corrected by Microsoft's
 * description. Whatever is not plainly a read counts as a write, so a doubtful permission is never called harmless.
 */
export function effectOf(value: string, description: string): Effect {
  const reads = value
    .split(".")
    .slice(1)
    .some((part) => readingOperation.test(part));
  return reads && !promisesChange.test(description) ? "read" : "write";
}
