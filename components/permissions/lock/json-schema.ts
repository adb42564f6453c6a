import { z } from "zod";
import { lockSchema } from "./schema";

/** The published JSON schema of lock files, as text; editors find it by the `$schema` line of each file. */
export function lockJsonSchema(): string {
  const schema = z.toJSONSchema(lockSchema, { target: "draft-2020-12" });
  const document = {
    ...schema,
    title: "Permission lock file of an entra-connectors stack",
    description: "Made by `permissions lock` from the stack's settings; reviewed, never edited.",
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
