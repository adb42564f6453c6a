import { createHash } from "node:crypto";
import type { Resource } from "../../model";

/** The version of a network resource: another one after every write. */
export function etagOf({ id, modifiedAt }: Pick<Resource, "id" | "modifiedAt">): string {
  const digits = createHash("sha256").update(`${id} ${modifiedAt}`).digest("hex");
  const parts = [8, 4, 4, 4, 12].reduce<{ readonly parts: string[]; readonly at: number }>(
    ({ parts: made, at }, length) => ({ parts: [...made, digits.slice(at, at + length)], at: at + length }),
    { parts: [], at: 0 },
  );
  return `W/"${parts.parts.join("-")}"`;
}
